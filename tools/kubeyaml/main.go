// Command kubeyaml says what Kubernetes makes of YAML: the oracle for graphgate's own reader.
//
// It reads a JSON array of YAML documents (strings) and writes, in the same order, a JSON array of {"json": value} or
// {"error": message}, converted with the library that the API machinery, kubectl and Gatekeeper share.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"sigs.k8s.io/yaml"
)

type answer struct {
	JSON  json.RawMessage `json:"json,omitempty"`
	Error string          `json:"error,omitempty"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "kubeyaml:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	var documents []string
	if err := json.NewDecoder(in).Decode(&documents); err != nil {
		return fmt.Errorf("stdin is not a JSON array of strings: %w", err)
	}
	answers := make([]answer, len(documents))
	for i, document := range documents {
		answers[i] = convert(document)
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(answers)
}

func convert(document string) answer {
	value, err := yaml.YAMLToJSON([]byte(document))
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{JSON: value}
}
