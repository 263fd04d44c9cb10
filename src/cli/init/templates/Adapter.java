import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets sf-conformance move your client: one JSON object a line in, one a line out.
 * It works as it is, with an example client that never refreshes. Put your own in its place: login and query.
 */
public class Adapter {
  /** Throw it when your client asks its user to connect again. */
  static class ConnectAgain extends Exception {}

  public static void main(String[] args) throws Exception {
    // Each request has a thread of its own: several can be open at once.
    var threads = Executors.newCachedThreadPool();
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      var id = text(line, "\"id\"\\s*:\\s*(\\d+)");
      var action = text(line, "\"do\"\\s*:\\s*\"(\\w+)\"");
      threads.submit(() -> say("{\"id\":" + id + "," + answer(action) + "}"));
    }
    System.exit(0);
  }

  /** What follows the id in the answer to an action. */
  static String answer(String action) {
    try {
      switch (action) {
        // A login. Hand over the authorization URL instead of opening a browser; return when the login has ended.
        case "authorize":
          login(url -> say("{\"event\":\"open\",\"url\":" + quoted(url) + "}"));
          return "\"ok\":true";
        // One ordinary API call, with whatever refresh and retry your client does by itself.
        case "call":
          return "\"ok\":true,\"status\":" + query();
        // Where your client can, also: "refresh", "status" ("connected":true), "disconnect".
        default:
          return "\"unsupported\":true";
      }
    } catch (Exception error) {
      return "\"ok\":false,\"reauthorize\":" + (error instanceof ConnectAgain) + ",\"error\":" + quoted(String.valueOf(error.getMessage()));
    }
  }

  static synchronized void say(String line) {
    System.out.println(line);
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
  }

  static String text(String json, String pattern) {
    var found = Pattern.compile(pattern).matcher(json);
    return found.find() ? found.group(1) : "";
  }

  // ---- The example client: replace what follows by calls of your own. ----

  static final HttpClient HTTP = HttpClient.newHttpClient();
  static final Map<String, String> ENV = System.getenv();
  static final Path TOKENS = Path.of(ENV.getOrDefault("SF_STATE_DIR", "."), "tokens.json");

  static void login(Consumer<String> open) throws Exception {
    var verifier = random(32);
    var state = random(16);
    var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
    var wanted = URI.create(ENV.get("SF_REDIRECT_URI"));
    var callback = new HashMap<String, String>();
    String redirect;
    try (var server = new ServerSocket(Math.max(wanted.getPort(), 0), 50, InetAddress.getByName(wanted.getHost()))) {
      redirect = "http://" + wanted.getHost() + ":" + server.getLocalPort() + wanted.getPath();
      var asked = new LinkedHashMap<String, String>();
      asked.put("response_type", "code");
      asked.put("client_id", ENV.get("SF_CLIENT_ID"));
      asked.put("redirect_uri", redirect);
      asked.put("scope", ENV.get("SF_SCOPES"));
      asked.put("state", state);
      asked.put("code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
      asked.put("code_challenge_method", "S256");
      open.accept(ENV.get("SF_LOGIN_URL") + "/services/oauth2/authorize?" + form(asked));
      try (var socket = server.accept()) {
        var request = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        var query = URI.create(request.readLine().split(" ")[1]).getRawQuery();
        for (var pair : query.split("&")) {
          var at = pair.indexOf('=');
          callback.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        for (String line = request.readLine(); line != null && !line.isEmpty(); ) line = request.readLine();
        var page = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\nYou can close this page now.";
        socket.getOutputStream().write(page.getBytes(StandardCharsets.US_ASCII));
      }
    }
    if (!state.equals(callback.get("state"))) throw new Exception("the callback belongs to another login");
    if (callback.containsKey("error")) throw new Exception(callback.get("error"));
    var fields = new LinkedHashMap<String, String>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", callback.get("code"));
    fields.put("client_id", ENV.get("SF_CLIENT_ID"));
    if (ENV.containsKey("SF_CLIENT_SECRET")) fields.put("client_secret", ENV.get("SF_CLIENT_SECRET"));
    fields.put("redirect_uri", redirect);
    fields.put("code_verifier", verifier);
    var request =
        HttpRequest.newBuilder(URI.create(ENV.get("SF_LOGIN_URL") + "/services/oauth2/token"))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(fields)))
            .build();
    var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) throw new Exception("the code was refused: " + response.statusCode());
    Files.writeString(TOKENS, response.body());
    TOKENS.toFile().setReadable(false, false);
    TOKENS.toFile().setReadable(true, true);
  }

  static int query() throws Exception {
    var tokens = Files.readString(TOKENS);
    var instance = text(tokens, "\"instance_url\"\\s*:\\s*\"([^\"]+)\"");
    var request =
        HttpRequest.newBuilder(URI.create(instance + "/services/data/v62.0/limits"))
            .header("authorization", "Bearer " + text(tokens, "\"access_token\"\\s*:\\s*\"([^\"]+)\""))
            .build();
    var status = HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) throw new Exception("the API answered " + status + ", and the example client never refreshes");
    return status;
  }

  static String random(int bytes) {
    var raw = new byte[bytes];
    new SecureRandom().nextBytes(raw);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
