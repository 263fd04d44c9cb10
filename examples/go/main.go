// A confidential client on the standard library. This file is what the harness talks to: JSON lines around the client's own code.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
)

type line map[string]any

var output sync.Mutex

func say(answer line) {
	output.Lock()
	defer output.Unlock()
	_ = json.NewEncoder(os.Stdout).Encode(answer)
}

func do(action string, own *connection) (line, error) {
	switch action {
	case "authorize":
		return line{}, own.connect(func(url string) { say(line{"event": "open", "url": url}) })
	case "call":
		status, err := own.get("/services/data/v67.0/limits")
		if err == nil && status >= http.StatusMultipleChoices {
			err = fmt.Errorf("the API answered %d", status)
		}
		return line{"status": status}, err
	case "refresh":
		return line{}, own.refresh()
	case "status":
		return line{"connected": own.tokens() != nil}, nil
	case "disconnect":
		return line{}, own.disconnect()
	default:
		return nil, nil
	}
}

func main() {
	own := openConnection(os.Getenv("SF_STATE_DIR"))
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked struct {
			ID int    `json:"id"`
			Do string `json:"do"`
		}
		if json.Unmarshal(lines.Bytes(), &asked) != nil {
			continue
		}
		// Several requests can be open at once.
		go func(id int, action string) {
			answer, err := do(action, own)
			if answer == nil {
				answer = line{"unsupported": true}
			} else {
				answer["ok"] = err == nil
			}
			answer["id"] = id
			if err != nil {
				answer["error"], answer["reauthorize"] = err.Error(), errors.Is(err, errConnectAgain)
			}
			say(answer)
		}(asked.ID, asked.Do)
	}
}
