// Lets sf-conformance move your client: one JSON object a line in, one a line out.
// It works as it is, with an example client that never refreshes. Put your own in its place: login and query.
package main

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
)

// Return it, or an error that wraps it, when your client asks its user to connect again.
var errConnectAgain = errors.New("connect again")

var output sync.Mutex

func say(line map[string]any) {
	output.Lock()
	defer output.Unlock()
	_ = json.NewEncoder(os.Stdout).Encode(line)
}

var actions = map[string]func() (map[string]any, error){
	// A login. Hand over the authorization URL instead of opening a browser; return when the login has ended.
	"authorize": func() (map[string]any, error) {
		return nil, login(func(url string) { say(map[string]any{"event": "open", "url": url}) })
	},
	// One ordinary API call, with whatever refresh and retry your client does by itself.
	"call": func() (map[string]any, error) {
		status, err := query()
		return map[string]any{"status": status}, err
	},
	// Where your client can, also: "refresh", "status" ("connected": true), "disconnect".
}

func answer(id int, name string) {
	action, known := actions[name]
	if !known {
		say(map[string]any{"id": id, "unsupported": true})
		return
	}
	line, err := action()
	if line == nil {
		line = map[string]any{}
	}
	line["id"], line["ok"] = id, err == nil
	if err != nil {
		line["error"], line["reauthorize"] = err.Error(), errors.Is(err, errConnectAgain)
	}
	say(line)
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var ask struct {
			ID int    "json:\"id\""
			Do string "json:\"do\""
		}
		if json.Unmarshal(lines.Bytes(), &ask) == nil {
			go answer(ask.ID, ask.Do)
		}
	}
}

// ---- The example client: replace what follows by calls of your own. ----

var tokens = filepath.Join(os.Getenv("SF_STATE_DIR"), "tokens.json")

func random(bytes int) string {
	raw := make([]byte, bytes)
	if _, err := rand.Read(raw); err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

func login(open func(string)) error {
	verifier, state := random(32), random(16)
	hash := sha256.Sum256([]byte(verifier))
	redirect, err := url.Parse(os.Getenv("SF_REDIRECT_URI"))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", redirect.Host)
	if err != nil {
		return err
	}
	redirect.Host = net.JoinHostPort(redirect.Hostname(), fmt.Sprint(listener.Addr().(*net.TCPAddr).Port))
	callbacks := make(chan url.Values, 1)
	server := &http.Server{Handler: http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		_, _ = io.WriteString(response, "You can close this page now.")
		select {
		case callbacks <- request.URL.Query():
		default:
		}
	})}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	open(os.Getenv("SF_LOGIN_URL") + "/services/oauth2/authorize?" + url.Values{
		"response_type":         {"code"},
		"client_id":             {os.Getenv("SF_CLIENT_ID")},
		"redirect_uri":          {redirect.String()},
		"scope":                 {os.Getenv("SF_SCOPES")},
		"state":                 {state},
		"code_challenge":        {base64.RawURLEncoding.EncodeToString(hash[:])},
		"code_challenge_method": {"S256"},
	}.Encode())
	callback := <-callbacks
	if callback.Get("state") != state {
		return errors.New("the callback belongs to another login")
	}
	if callback.Has("error") {
		return errors.New(callback.Get("error"))
	}
	form := url.Values{
		"grant_type":    {"authorization_code"},
		"code":          {callback.Get("code")},
		"client_id":     {os.Getenv("SF_CLIENT_ID")},
		"redirect_uri":  {redirect.String()},
		"code_verifier": {verifier},
	}
	if secret, confidential := os.LookupEnv("SF_CLIENT_SECRET"); confidential {
		form.Set("client_secret", secret)
	}
	response, err := http.PostForm(os.Getenv("SF_LOGIN_URL")+"/services/oauth2/token", form)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the code was refused: %d", response.StatusCode)
	}
	return os.WriteFile(tokens, body, 0o600)
}

func query() (int, error) {
	body, err := os.ReadFile(tokens)
	if err != nil {
		return 0, err
	}
	var stored struct {
		AccessToken string "json:\"access_token\""
		InstanceURL string "json:\"instance_url\""
	}
	if err := json.Unmarshal(body, &stored); err != nil {
		return 0, err
	}
	request, err := http.NewRequest(http.MethodGet, stored.InstanceURL+"/services/data/v62.0/limits", nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Authorization", "Bearer "+stored.AccessToken)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return response.StatusCode, fmt.Errorf("the API answered %d, and the example client never refreshes", response.StatusCode)
	}
	return response.StatusCode, nil
}
