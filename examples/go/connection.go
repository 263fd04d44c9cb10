package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// connection holds the tokens of one user. The file is the truth; memory only spares reading it.
type connection struct {
	file string
	// refreshing is held while a refresh is under way, and while tokens are replaced.
	refreshing sync.Mutex
	mutex      sync.Mutex
	current    *tokens
}

func openConnection(folder string) *connection {
	one := &connection{file: filepath.Join(folder, "tokens.json")}
	var stored tokens
	if body, err := os.ReadFile(one.file); err == nil && json.Unmarshal(body, &stored) == nil {
		one.current = &stored
	}
	return one
}

func (c *connection) tokens() *tokens {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.current
}

// keep puts tokens on disk in one step, then lets the calls have them. Nil forgets them.
func (c *connection) keep(fresh *tokens) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if fresh == nil {
		c.current = nil
		return os.RemoveAll(c.file)
	}
	body, err := json.Marshal(fresh)
	if err != nil {
		return err
	}
	draft, err := os.OpenFile(c.file+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = draft.Write(body)
	if err == nil {
		err = draft.Sync()
	}
	if closed := draft.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(c.file+".new", c.file)
	}
	if err == nil {
		c.current = fresh
	}
	return err
}

func (c *connection) connect(open func(string)) error {
	fresh, err := login(open)
	if err != nil {
		return err
	}
	c.refreshing.Lock()
	defer c.refreshing.Unlock()
	return c.keep(&fresh)
}

// get makes one API call; an expired session is refreshed once, for all calls that met it.
func (c *connection) get(path string) (int, error) {
	used := c.tokens()
	if used == nil {
		return 0, errConnectAgain
	}
	status, err := request(used, path)
	if err != nil || status != http.StatusUnauthorized {
		return status, err
	}
	fresh, err := c.refreshAfter(used.AccessToken)
	if err != nil {
		return status, err
	}
	return request(fresh, path)
}

// refreshAfter brings tokens that are newer than the access token that was refused.
func (c *connection) refreshAfter(refused string) (*tokens, error) {
	c.refreshing.Lock()
	defer c.refreshing.Unlock()
	now := c.tokens()
	if now == nil {
		return nil, errConnectAgain
	}
	if now.AccessToken != refused {
		return now, nil
	}
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {now.RefreshToken}}
	fresh, err := ask(form)
	if errors.Is(err, errBusy) {
		time.Sleep(500 * time.Millisecond)
		fresh, err = ask(form)
	}
	if errors.Is(err, errConnectAgain) {
		// Refused for good, perhaps because another party used it: it is never sent again.
		if failed := c.keep(nil); failed != nil {
			return nil, failed
		}
		return nil, errConnectAgain
	}
	if err != nil {
		return nil, err
	}
	// Without rotation the answer has no refresh token, and the old one stays (RFC 6749 §6).
	if fresh.RefreshToken == "" {
		fresh.RefreshToken = now.RefreshToken
	}
	if fresh.InstanceURL == "" {
		fresh.InstanceURL = now.InstanceURL
	}
	return &fresh, c.keep(&fresh)
}

func (c *connection) refresh() error {
	now := c.tokens()
	if now == nil {
		return errConnectAgain
	}
	_, err := c.refreshAfter(now.AccessToken)
	return err
}

// disconnect forgets the tokens and revokes them (RFC 7009).
func (c *connection) disconnect() error {
	c.refreshing.Lock()
	defer c.refreshing.Unlock()
	now := c.tokens()
	if now == nil {
		return nil
	}
	if err := c.keep(nil); err != nil {
		return err
	}
	response, err := client.PostForm(os.Getenv("SF_LOGIN_URL")+"/services/oauth2/revoke", url.Values{"token": {now.RefreshToken}})
	if err != nil {
		return errors.New("no answer from the login server")
	}
	return response.Body.Close()
}

func request(with *tokens, path string) (int, error) {
	call, err := http.NewRequest(http.MethodGet, with.InstanceURL+path, nil)
	if err != nil {
		return 0, err
	}
	call.Header.Set("Authorization", "Bearer "+with.AccessToken)
	response, err := client.Do(call)
	if err != nil {
		return 0, fmt.Errorf("no answer from %s", with.InstanceURL)
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, err
}
