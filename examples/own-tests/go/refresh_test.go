// A client's token refresh, tested against a mock Salesforce: go test
package refresh

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// answer has what the test reads of the control port's answers.
type answer struct {
	Callback string
	Findings []struct{ Verdict, Message, Fix string }
}

// startMock returns a function that asks the control port, and one that ends the mock.
func startMock(t *testing.T) func(method, path string, body, into any) {
	command := os.Getenv("SF_CONFORMANCE")
	if command == "" {
		command = "npx sf-conformance"
	}
	words := append(strings.Fields(command), "serve", "--headless", "--json", "--quiet")
	mock := exec.Command(words[0], words[1:]...)
	input, _ := mock.StdinPipe()
	output, _ := mock.StdoutPipe()
	if err := mock.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { input.Close(); mock.Wait() }) // It ends when its input is closed, or with this process.
	var line struct{ ControlURL, Token string }
	json.NewDecoder(output).Decode(&line)
	return func(method, path string, body, into any) {
		text, _ := json.Marshal(body)
		request, _ := http.NewRequest(method, line.ControlURL+path, strings.NewReader(string(text)))
		request.Header.Set("Authorization", "Bearer "+line.Token)
		if response, err := http.DefaultClient.Do(request); err != nil || json.NewDecoder(response.Body).Decode(into) != nil {
			t.Fatal(path, err)
		}
	}
}

func TestKeepsTheNewRefreshToken(t *testing.T) {
	ask, c, result := startMock(t), client{tokens: map[string]string{}}, answer{}
	ask("GET", "/env", nil, &c.env)
	ask("POST", "/sign-in", map[string]string{"url": c.authorizationURL()}, &result)
	c.finishLogin(result.Callback)
	for cycle := 0; cycle < 2; cycle++ {
		ask("POST", "/expire", map[string]string{}, &result)
		c.call()
	}
	ask("POST", "/grade", map[string][]string{"ids": {"RTR-02"}}, &result)
	if finding := result.Findings[0]; finding.Verdict != "pass" {
		t.Errorf("RTR-02: %s: %s\nFix: %s", finding.Verdict, finding.Message, finding.Fix)
	}
}
