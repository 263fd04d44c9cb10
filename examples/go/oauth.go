package main

import (
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
	"strings"
	"time"
)

// errConnectAgain says that Salesforce refused the tokens for good: only the user can help.
var errConnectAgain = errors.New("connect again")

// Redirects are not followed: a token endpoint that sends tokens and secret elsewhere is not obeyed.
var client = &http.Client{
	Timeout:       60 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

type tokens struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	InstanceURL  string `json:"instance_url"`
}

func random() string {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// login gets the first tokens: authorization code with PKCE (RFC 7636), callback on the loopback address (RFC 8252 §7.3).
func login(open func(string)) (tokens, error) {
	redirect, err := url.Parse(os.Getenv("SF_REDIRECT_URI"))
	if err != nil {
		return tokens{}, err
	}
	listener, err := net.Listen("tcp", redirect.Host)
	if err != nil {
		return tokens{}, err
	}
	redirect.Host = net.JoinHostPort(redirect.Hostname(), fmt.Sprint(listener.Addr().(*net.TCPAddr).Port))
	verifier, state := random(), random()
	callbacks := make(chan url.Values, 1)
	server := &http.Server{Handler: receive(redirect.Path, state, callbacks)}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	challenge := sha256.Sum256([]byte(verifier))
	open(os.Getenv("SF_LOGIN_URL") + "/services/oauth2/authorize?" + url.Values{
		"response_type":         {"code"},
		"client_id":             {os.Getenv("SF_CLIENT_ID")},
		"redirect_uri":          {redirect.String()},
		"scope":                 {os.Getenv("SF_SCOPES")},
		"state":                 {state},
		"code_challenge":        {base64.RawURLEncoding.EncodeToString(challenge[:])},
		"code_challenge_method": {"S256"},
	}.Encode())
	select {
	case callback := <-callbacks:
		if callback.Get("code") == "" {
			return tokens{}, fmt.Errorf("the login was refused: %s", callback.Get("error"))
		}
		return ask(url.Values{
			"grant_type":    {"authorization_code"},
			"code":          {callback.Get("code")},
			"redirect_uri":  {redirect.String()},
			"code_verifier": {verifier},
		})
	case <-time.After(2 * time.Minute):
		return tokens{}, errors.New("the user did not sign in")
	}
}

// receive takes the first callback that carries this login's state, and no other.
func receive(path, state string, callbacks chan<- url.Values) http.HandlerFunc {
	return func(response http.ResponseWriter, request *http.Request) {
		query := request.URL.Query()
		if request.URL.Path != path || query.Get("state") != state {
			http.Error(response, "There is nothing to do here.", http.StatusBadRequest)
			return
		}
		response.Header().Set("Connection", "close")
		_, _ = io.WriteString(response, "You can close this page now.")
		select {
		case callbacks <- query:
		default:
		}
	}
}

// ask sends one token request. Tokens that are refused for good give errConnectAgain; whatever else goes wrong may be tried later.
func ask(form url.Values) (tokens, error) {
	form.Set("client_id", os.Getenv("SF_CLIENT_ID"))
	if secret, confidential := os.LookupEnv("SF_CLIENT_SECRET"); confidential {
		form.Set("client_secret", secret)
	}
	response, err := client.PostForm(os.Getenv("SF_LOGIN_URL")+"/services/oauth2/token", form)
	if err != nil {
		return tokens{}, errors.New("no answer from the login server")
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return tokens{}, errors.New("the answer of the login server was cut off")
	}
	var answer struct {
		tokens
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	malformed := json.Unmarshal(body, &answer)
	if response.StatusCode == http.StatusOK && malformed == nil && answer.AccessToken != "" {
		return answer.tokens, nil
	}
	if answer.Error == "invalid_grant" && answer.Description == busy {
		return tokens{}, errBusy
	}
	// Reasons that pass: the token works again from another address, at another hour, or later.
	for _, why := range []string{"ip restricted", "login hours", "login rate"} {
		if answer.Error == "invalid_grant" && strings.Contains(answer.Description, why) {
			return tokens{}, fmt.Errorf("not now: %s", answer.Description)
		}
	}
	if answer.Error == "invalid_grant" {
		return tokens{}, errConnectAgain
	}
	return tokens{}, fmt.Errorf("the login server answered %d %s", response.StatusCode, answer.Error)
}

// Salesforce says so while another request with the same refresh token is under way; the token lives.
const busy = "token request is already being processed"

var errBusy = errors.New(busy)
