<?php
// Lets sf-conformance move your client: one JSON object a line in, one a line out.
// It works as it is, with an example client that never refreshes. Put your own in its place: login and query.
declare(strict_types=1);

/** Throw it when your client asks its user to connect again. */
class ConnectAgain extends RuntimeException
{
}

function say(array $line): void
{
    echo json_encode($line, JSON_UNESCAPED_SLASHES), "\n";
    flush();
}

$actions = [
    // A login. Hand over the authorization URL instead of opening a browser; return when the login has ended.
    'authorize' => function (): array {
        login(fn (string $url) => say(['event' => 'open', 'url' => $url]));
        return [];
    },
    // One ordinary API call, with whatever refresh and retry your client does by itself.
    'call' => fn (): array => ['status' => query()],
    // Where your client can, also: 'refresh', 'status' (['connected' => true]), 'disconnect'.
];

while (($line = fgets(STDIN)) !== false) {
    ['id' => $id, 'do' => $action] = json_decode($line, true);
    if (!isset($actions[$action])) {
        say(['id' => $id, 'unsupported' => true]);
        continue;
    }
    try {
        say(['id' => $id, 'ok' => true] + $actions[$action]());
    } catch (Throwable $error) {
        $again = $error instanceof ConnectAgain;
        say(['id' => $id, 'ok' => false, 'error' => $error->getMessage(), 'reauthorize' => $again]);
    }
}

// ---- The example client: replace what follows by calls of your own. ----

function random(int $bytes): string
{
    return rtrim(strtr(base64_encode(random_bytes($bytes)), '+/', '-_'), '=');
}

/** @return array{int, string} status and body */
function http(string $method, string $url, array $headers, string $body = ''): array
{
    $options = ['method' => $method, 'header' => $headers, 'content' => $body, 'ignore_errors' => true, 'timeout' => 20];
    $answer = file_get_contents($url, false, stream_context_create(['http' => $options]));
    if ($answer === false) {
        throw new RuntimeException('no answer');
    }
    return [(int) explode(' ', $http_response_header[0])[1], $answer];
}

function login(callable $open): void
{
    $verifier = random(32);
    $state = random(16);
    $wanted = parse_url(getenv('SF_REDIRECT_URI'));
    $server = stream_socket_server('tcp://' . $wanted['host'] . ':' . ($wanted['port'] ?? 0));
    $redirect = 'http://' . stream_socket_get_name($server, false) . ($wanted['path'] ?? '/');
    $open(getenv('SF_LOGIN_URL') . '/services/oauth2/authorize?' . http_build_query([
        'response_type' => 'code',
        'client_id' => getenv('SF_CLIENT_ID'),
        'redirect_uri' => $redirect,
        'scope' => getenv('SF_SCOPES'),
        'state' => $state,
        'code_challenge' => rtrim(strtr(base64_encode(hash('sha256', $verifier, true)), '+/', '-_'), '='),
        'code_challenge_method' => 'S256',
    ]));
    $socket = stream_socket_accept($server, 120);
    if ($socket === false) {
        throw new RuntimeException('the user did not sign in');
    }
    $target = explode(' ', fgets($socket))[1];
    while (trim((string) fgets($socket)) !== '') {
    }
    fwrite($socket, "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\nYou can close this page now.");
    fclose($socket);
    fclose($server);
    parse_str((string) parse_url($target, PHP_URL_QUERY), $callback);
    if (($callback['state'] ?? '') !== $state) {
        throw new RuntimeException('the callback belongs to another login');
    }
    if (isset($callback['error'])) {
        throw new RuntimeException($callback['error']);
    }
    $form = [
        'grant_type' => 'authorization_code',
        'code' => $callback['code'],
        'client_id' => getenv('SF_CLIENT_ID'),
        'redirect_uri' => $redirect,
        'code_verifier' => $verifier,
    ];
    if (getenv('SF_CLIENT_SECRET') !== false) {
        $form['client_secret'] = getenv('SF_CLIENT_SECRET');
    }
    $headers = ['Content-Type: application/x-www-form-urlencoded'];
    [$status, $body] = http('POST', getenv('SF_LOGIN_URL') . '/services/oauth2/token', $headers, http_build_query($form));
    if ($status !== 200) {
        throw new RuntimeException("the code was refused: $status");
    }
    umask(0077);
    file_put_contents(getenv('SF_STATE_DIR') . '/tokens.json', $body);
}

function query(): int
{
    $tokens = json_decode((string) file_get_contents(getenv('SF_STATE_DIR') . '/tokens.json'), true);
    $headers = ['Authorization: Bearer ' . $tokens['access_token']];
    [$status] = http('GET', $tokens['instance_url'] . '/services/data/v62.0/limits', $headers);
    if ($status !== 200) {
        throw new RuntimeException("the API answered $status, and the example client never refreshes");
    }
    return $status;
}
