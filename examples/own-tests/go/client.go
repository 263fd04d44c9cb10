// The client under test. DROP_NEW_TOKEN in the environment breaks it, and the test finds out.
package refresh

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
)

const redirect = "http://127.0.0.1:8765/callback"

type client struct{ env, tokens, login map[string]string }

func random() string {
	bytes := make([]byte, 32)
	rand.Read(bytes)
	return base64.RawURLEncoding.EncodeToString(bytes)
}

func (c *client) authorizationURL() string {
	c.login = map[string]string{"verifier": random(), "state": random()}
	sum := sha256.Sum256([]byte(c.login["verifier"]))
	return c.env["SF_LOGIN_URL"] + "/services/oauth2/authorize?" + url.Values{
		"response_type": {"code"}, "client_id": {c.env["SF_CLIENT_ID"]}, "redirect_uri": {redirect},
		"scope": {c.env["SF_SCOPES"]}, "state": {c.login["state"]}, "code_challenge_method": {"S256"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}}.Encode()
}

func (c *client) finishLogin(callback string) {
	answer, _ := url.Parse(callback)
	if code := answer.Query(); code.Get("state") == c.login["state"] {
		c.ask(url.Values{"grant_type": {"authorization_code"}, "code": code["code"], "redirect_uri": {redirect}, "code_verifier": {c.login["verifier"]}})
	}
}

func (c *client) ask(form url.Values) {
	form.Set("client_id", c.env["SF_CLIENT_ID"])
	if answer, err := http.PostForm(c.env["SF_LOGIN_URL"]+"/services/oauth2/token", form); err == nil {
		json.NewDecoder(answer.Body).Decode(&c.tokens)
	}
}

// call makes an API request, and refreshes when the session has expired.
func (c *client) call() {
	request, _ := http.NewRequest("GET", c.tokens["instance_url"]+"/services/data/v62.0/limits", nil)
	request.Header.Set("Authorization", "Bearer "+c.tokens["access_token"])
	if answer, err := http.DefaultClient.Do(request); err == nil && answer.StatusCode == 401 {
		old := c.tokens["refresh_token"]
		c.ask(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {old}})
		if os.Getenv("DROP_NEW_TOKEN") != "" {
			c.tokens["refresh_token"] = old
		}
	}
}
