<?php // A client's token refresh, tested against a mock Salesforce: php refresh_test.php
const CALLBACK = 'http://127.0.0.1:8765/callback';

/** Sends a request; a body makes it a POST. Returns the status and the JSON of the answer. */
function send(string $url, array $headers = [], ?string $body = null): array {
    $http = ['header' => $headers, 'method' => $body === null ? 'GET' : 'POST', 'content' => $body ?? '', 'ignore_errors' => true];
    $text = file_get_contents($url, false, stream_context_create(['http' => $http]));
    return [(int) explode(' ', $http_response_header[0])[1], json_decode($text, true)];
}

/** The client under test. DROP_NEW_TOKEN in the environment breaks it, and the test finds out. */
class Client {
    private array $tokens = [];
    private string $verifier, $state;

    public function __construct(private array $env) {
        [$this->verifier, $this->state] = [bin2hex(random_bytes(32)), bin2hex(random_bytes(16))];
    }
    public function authorizationUrl(): string {
        $challenge = rtrim(strtr(base64_encode(hash('sha256', $this->verifier, true)), '+/', '-_'), '=');
        return "{$this->env['SF_LOGIN_URL']}/services/oauth2/authorize?" . http_build_query([
            'response_type' => 'code', 'client_id' => $this->env['SF_CLIENT_ID'], 'redirect_uri' => CALLBACK, 'state' => $this->state,
            'scope' => $this->env['SF_SCOPES'], 'code_challenge' => $challenge, 'code_challenge_method' => 'S256']);
    }
    private function askToken(array $form): array {
        $body = http_build_query(['client_id' => $this->env['SF_CLIENT_ID'], ...$form]);
        [$status, $answer] = send("{$this->env['SF_LOGIN_URL']}/services/oauth2/token", ['Content-Type: application/x-www-form-urlencoded'], $body);
        return $status === 200 ? $answer : throw new RuntimeException("$status {$answer['error']}");
    }
    public function finishLogin(string $callback): void {
        parse_str(parse_url($callback, PHP_URL_QUERY), $answer);
        if ($answer['state'] !== $this->state) throw new RuntimeException('wrong state');
        $this->tokens = $this->askToken(['grant_type' => 'authorization_code', 'code' => $answer['code'], 'redirect_uri' => CALLBACK, 'code_verifier' => $this->verifier]);
    }
    public function call(): int {
        return send("{$this->tokens['instance_url']}/services/data/v62.0/limits", ["Authorization: Bearer {$this->tokens['access_token']}"])[0];
    }
    public function callWithRefresh(): int {
        if ($this->call() !== 401) return 200;
        $answer = $this->askToken(['grant_type' => 'refresh_token', 'refresh_token' => $this->tokens['refresh_token']]);
        if (getenv('DROP_NEW_TOKEN') !== false) unset($answer['refresh_token']);
        $this->tokens = [...$this->tokens, ...$answer];
        return $this->call();
    }
}

// The mock ends when its input is closed, or with this process.
$mock = proc_open((getenv('SF_CONFORMANCE') ?: 'npx sf-conformance') . ' serve --headless --json --quiet', [['pipe', 'r'], ['pipe', 'w']], $pipes);
$line = json_decode(fgets($pipes[1]), true);
$ask = fn(string $path, ?array $body = null) => send($line['controlUrl'] . $path, ["Authorization: Bearer {$line['token']}", 'Content-Type: application/json'], $body === null ? null : json_encode((object) $body))[1];

$client = new Client($ask('/env'));
$client->finishLogin($ask('/sign-in', ['url' => $client->authorizationUrl()])['callback']);
foreach ([1, 2] as $_) {
    $ask('/expire', []);
    try { $client->callWithRefresh(); } catch (RuntimeException) { /* the verdict says why */ }
}
$finding = $ask('/grade', ['ids' => ['RTR-02']])['findings'][0];
echo "RTR-02: {$finding['verdict']}: {$finding['message']}\nFix: {$finding['fix']}\n";
exit($finding['verdict'] === 'pass' ? 0 : 1);
