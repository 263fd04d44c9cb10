import java.net.URI;
import java.net.URLEncoder;
import java.net.http.*;
import java.nio.charset.StandardCharsets;
import java.security.*;
import java.util.*;
import java.util.regex.*;
import java.util.stream.Collectors;

/** The client under test. DROP_NEW_TOKEN in the environment breaks it, and the test finds out. */
class Client {
    static final String REDIRECT = "http://127.0.0.1:8765/callback";
    static final HttpClient HTTP = HttpClient.newHttpClient();
    final String login, clientId, verifier = random(), state = random();
    String instance, access, refresh;

    Client(String login, String clientId) { this.login = login; this.clientId = clientId; }

    static String random() { byte[] bytes = new byte[32]; new SecureRandom().nextBytes(bytes); return encode(bytes); }
    static String encode(byte[] bytes) { return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes); }
    static String form(Map<String, String> fields) {
        return fields.entrySet().stream().map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }
    /** Returns a text of a flat JSON object. */
    static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
        return found.find() ? found.group(1) : null;
    }

    String authorizationUrl() throws Exception {
        String challenge = encode(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        return login + "/services/oauth2/authorize?" + form(Map.of("response_type", "code", "client_id", clientId, "redirect_uri", REDIRECT,
            "state", state, "scope", "api refresh_token", "code_challenge", challenge, "code_challenge_method", "S256"));
    }

    void finishLogin(String callback) throws Exception {
        Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(callback);
        if (!callback.contains("state=" + state) || !code.find()) throw new IllegalStateException(callback);
        String answer = ask(Map.of("grant_type", "authorization_code", "code", java.net.URLDecoder.decode(code.group(1), StandardCharsets.UTF_8),
            "redirect_uri", REDIRECT, "code_verifier", verifier, "client_id", clientId));
        instance = field(answer, "instance_url");
        refresh = field(answer, "refresh_token");
    }

    String ask(Map<String, String> fields) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(login + "/services/oauth2/token")).header("Content-Type", "application/x-www-form-urlencoded");
        String answer = HTTP.send(request.POST(HttpRequest.BodyPublishers.ofString(form(fields))).build(), HttpResponse.BodyHandlers.ofString()).body();
        access = field(answer, "access_token");
        return answer;
    }

    /** Makes an API request, and refreshes when the session has expired. */
    void call() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(instance + "/services/data/v62.0/limits")).header("Authorization", "Bearer " + access);
        if (HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode() != 401) return;
        String next = field(ask(Map.of("grant_type", "refresh_token", "refresh_token", refresh, "client_id", clientId)), "refresh_token");
        if (next != null && System.getenv("DROP_NEW_TOKEN") == null) refresh = next;
    }
}
