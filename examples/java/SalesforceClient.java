import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A confidential client on what the JDK has, and at its end the adapter that the harness talks to: java SalesforceClient.java
 *
 * <p>Threads of this process and other processes with the same folder share one connection: the one that refreshes holds a lock of
 * the operating system on a file, reads the tokens again, and stores the new ones before anybody uses them.
 */
public final class SalesforceClient {
  /** Only the user can fix it. */
  static final class ConnectAgain extends Exception {
    ConnectAgain(String message) {
      super(message);
    }
  }

  /** Salesforce is working on another request with this very token: nothing is lost. */
  static final class Busy extends IOException {
    Busy() {
      super("a refresh is under way elsewhere");
    }
  }

  record Tokens(String accessToken, String refreshToken, String instanceUrl) {}

  record Reply(int status, String text) {}

  private static final String LOGIN_URL = env("SF_LOGIN_URL", "https://login.salesforce.com");
  private static final Path FOLDER = Path.of(env("SF_STATE_DIR", "."));
  private static final Path FILE = FOLDER.resolve("tokens.properties");
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration USER = Duration.ofMinutes(2);
  /** Pauses before a refresh is tried again that Salesforce was busy with, in milliseconds. */
  private static final long[] PAUSES_MS = {300, 900};

  /** Redirects are not followed: tokens go to the host that they were meant for. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build();

  private static final SecureRandom RANDOM = new SecureRandom();

  // --- the store ---

  private static final ReentrantLock THREADS = new ReentrantLock(true);

  /** One thread of one process at a time. Save and clear only inside. */
  static <T> T alone(Callable<T> work) throws Exception {
    THREADS.lock();
    try (var channel =
            FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      return work.call();
    } finally {
      THREADS.unlock();
    }
  }

  static Tokens load() throws IOException {
    try {
      var all = new Properties();
      all.load(new StringReader(Files.readString(FILE)));
      return new Tokens(all.getProperty("access"), all.getProperty("refresh"), all.getProperty("instance"));
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  /** Whole or not at all: a crash in between leaves the tokens of before. */
  static Tokens save(Tokens tokens) throws IOException {
    var all = new Properties();
    all.setProperty("access", tokens.accessToken());
    if (tokens.refreshToken() != null) all.setProperty("refresh", tokens.refreshToken());
    all.setProperty("instance", tokens.instanceUrl());
    var text = new StringWriter();
    all.store(text, null);
    var fresh = FOLDER.resolve("tokens.new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text.toString(), StandardOpenOption.DSYNC);
    Files.move(fresh, FILE, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return tokens;
  }

  static void clear() throws IOException {
    Files.deleteIfExists(FILE);
  }

  // --- requests ---

  static Reply post(String path, Map<String, String> fields) throws IOException, InterruptedException {
    var body = fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
    return send(HttpRequest.newBuilder(URI.create(LOGIN_URL + path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = HTTP.send(request.timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
    return new Reply(response.statusCode(), response.body());
  }

  /** A confidential client: the secret goes along in the body, at the login and at every refresh. */
  static Tokens token(Map<String, String> grant, Tokens before) throws Exception {
    var fields = new LinkedHashMap<>(grant);
    fields.put("client_id", env("SF_CLIENT_ID", ""));
    fields.put("client_secret", env("SF_CLIENT_SECRET", ""));
    var reply = post("/services/oauth2/token", fields);
    var access = field(reply.text(), "access_token");
    if (reply.status() == 200 && access != null) {
      var refresh = field(reply.text(), "refresh_token");
      var instance = field(reply.text(), "instance_url");
      // An answer without one leaves the old one valid (RFC 6749, section 6).
      if (refresh == null && before != null) refresh = before.refreshToken();
      if (instance == null) instance = before == null ? LOGIN_URL : before.instanceUrl();
      return new Tokens(access, refresh, instance);
    }
    if (reply.status() == 400 && "invalid_grant".equals(field(reply.text(), "error"))) {
      var why = field(reply.text(), "error_description");
      if (why != null && why.contains("already being processed")) throw new Busy();
      // Reasons that pass: the token works again from another address, at another hour, or later.
      if (why != null && why.matches(".*(ip restricted|login hours|login rate).*")) throw new IOException(why);
      throw new ConnectAgain("the grant was rejected");
    }
    throw new IOException("the token endpoint answered " + reply.status());
  }

  /** The tokens that replace {@code stale}: a second caller finds them in the store and does not refresh. */
  static Tokens renew(String stale) throws Exception {
    return alone(() -> {
      var tokens = load();
      if (tokens == null) throw new ConnectAgain("not connected");
      if (!tokens.accessToken().equals(stale)) return tokens;
      if (tokens.refreshToken() == null) throw new ConnectAgain("no refresh token");
      for (int attempt = 0; ; attempt++) {
        try {
          return save(token(Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()), tokens));
        } catch (ConnectAgain rejected) {
          clear();
          throw rejected;
        } catch (Busy busy) {
          if (attempt == PAUSES_MS.length) throw busy;
          Thread.sleep(PAUSES_MS[attempt]);
        }
      }
    });
  }

  /** One request to the API; an expired session is renewed once. */
  static Reply get(String path) throws Exception {
    var tokens = load();
    if (tokens == null) throw new ConnectAgain("not connected");
    var first = get(tokens, path);
    boolean ended = first.status() == 401 && first.text().contains("INVALID_SESSION_ID");
    return ended ? get(renew(tokens.accessToken()), path) : first;
  }

  private static Reply get(Tokens tokens, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(tokens.instanceUrl() + path))
        .header("Authorization", "Bearer " + tokens.accessToken()));
  }

  static void disconnect() throws Exception {
    alone(() -> {
      var tokens = load();
      clear();
      if (tokens == null || tokens.refreshToken() == null) return null;
      try {
        post("/services/oauth2/revoke", Map.of("token", tokens.refreshToken()));
      } catch (IOException unreachable) {
        // Logged out here all the same.
      }
      return null;
    });
  }

  // --- login ---

  private static final Map<String, CompletableFuture<Map<String, String>>> LOGINS = new ConcurrentHashMap<>();
  private static String redirectUri;

  /** The listener that the browser comes back to (RFC 8252, section 7.3). Each login knows its callback by its state. */
  static synchronized String listen() throws IOException {
    if (redirectUri != null) return redirectUri;
    var registered = URI.create(env("SF_REDIRECT_URI", "http://127.0.0.1:0/callback"));
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Math.max(registered.getPort(), 0));
    var server = com.sun.net.httpserver.HttpServer.create(address, 16);
    server.createContext("/", exchange -> {
      var query = queryOf(exchange.getRequestURI().getRawQuery());
      boolean here = exchange.getRequestURI().getPath().equals(registered.getPath());
      var login = here ? LOGINS.remove(query.getOrDefault("state", "")) : null;
      var text = (login == null ? "There is nothing to do here." : "You can close this page now.").getBytes();
      exchange.getResponseHeaders().set("Content-Type", "text/plain");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(login == null ? 400 : 200, text.length);
      exchange.getResponseBody().write(text);
      exchange.close();
      if (login != null) login.complete(query);
    });
    server.start();
    redirectUri = "http://127.0.0.1:" + server.getAddress().getPort() + registered.getPath();
    return redirectUri;
  }

  static void authorize() throws Exception {
    var uri = listen();
    var verifier = random();
    var state = random();
    var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
    var url = LOGIN_URL + "/services/oauth2/authorize?response_type=code"
        + "&client_id=" + encode(env("SF_CLIENT_ID", ""))
        + "&redirect_uri=" + encode(uri)
        + "&scope=" + encode(env("SF_SCOPES", "api refresh_token"))
        + "&state=" + state
        + "&code_challenge=" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest)
        + "&code_challenge_method=S256";
    var callback = new CompletableFuture<Map<String, String>>();
    LOGINS.put(state, callback);
    say("{\"event\":\"open\",\"url\":" + quoted(url) + "}");
    var query = callback.get(USER.toSeconds(), TimeUnit.SECONDS);
    var issuer = query.get("iss");
    if (issuer != null && !URI.create(issuer).getAuthority().equals(URI.create(LOGIN_URL).getAuthority()))
      throw new ConnectAgain("the callback came from another server");
    if (!query.containsKey("code")) throw new ConnectAgain("the login was refused");
    var grant = Map.of("grant_type", "authorization_code", "code", query.get("code"), "code_verifier", verifier,
        "redirect_uri", uri);
    alone(() -> save(token(grant, null)));
  }

  // --- the adapter: JSON lines ---

  static String answer(String action) throws Exception {
    switch (action) {
      case "authorize" -> authorize();
      case "call" -> {
        var reply = get("/services/data/v67.0/limits");
        if (reply.status() >= 300) throw new IOException("the API answered " + reply.status());
        return ",\"status\":" + reply.status();
      }
      case "refresh" -> {
        var tokens = load();
        renew(tokens == null ? null : tokens.accessToken());
      }
      case "status" -> {
        return ",\"connected\":" + (load() != null);
      }
      case "disconnect" -> disconnect();
      default -> {
        return null;
      }
    }
    return "";
  }

  static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  public static void main(String[] arguments) throws IOException {
    var threads = Executors.newCachedThreadPool();
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var number = Pattern.compile("\"id\"\\s*:\\s*(\\d+)");
    for (String line; (line = requests.readLine()) != null; ) {
      var match = number.matcher(line);
      if (!match.find()) continue;
      var id = "{\"id\":" + match.group(1);
      var action = field(line, "do");
      threads.execute(() -> {
        try {
          var more = answer(action == null ? "" : action);
          say(id + (more == null ? ",\"unsupported\":true}" : ",\"ok\":true" + more + "}"));
        } catch (Exception | StackOverflowError problem) {
          var text = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
          say(id + ",\"ok\":false,\"reauthorize\":" + (problem instanceof ConnectAgain) + ",\"error\":" + quoted(text) + "}");
        }
      });
    }
    System.exit(0);
  }

  // --- text ---

  private static String env(String name, String otherwise) {
    var value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }

  /** 43 characters from 256 random bits. */
  private static String random() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> queryOf(String raw) {
    var query = new LinkedHashMap<String, String>();
    for (var pair : raw == null ? new String[0] : raw.split("&")) {
      var parts = pair.split("=", 2);
      query.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  /**
   * A text of a flat JSON object: enough for these answers, and no reason to add a library. Tokens can be long: the expression
   * takes whole stretches at once, as one character at a time would fill the stack.
   */
  private static String field(String json, String name) {
    var match = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"\\s*[,}]").matcher(json);
    if (!match.find()) return null;
    return Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)").matcher(match.group(1)).replaceAll(escape -> {
      var plain = escape.group(2) == null
          ? switch (escape.group(1)) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            default -> escape.group(1);
          }
          : String.valueOf((char) Integer.parseInt(escape.group(2), 16));
      return java.util.regex.Matcher.quoteReplacement(plain);
    });
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + "\"";
  }
}
