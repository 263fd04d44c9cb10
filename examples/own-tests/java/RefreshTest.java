import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.*;
import java.net.URI;
import java.net.http.*;
import java.util.*;
import org.junit.jupiter.api.*;

/** A client's token refresh, tested against a mock Salesforce; see README.md for the two commands. */
class RefreshTest {
    Process mock;
    String line;

    @BeforeEach
    void startMock() throws IOException {
        String command = Optional.ofNullable(System.getenv("SF_CONFORMANCE")).orElse("npx sf-conformance");
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of("serve", "--headless", "--json", "--quiet"));
        mock = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        line = new BufferedReader(new InputStreamReader(mock.getInputStream())).readLine();
    }

    @AfterEach
    void endMock() throws Exception {
        mock.getOutputStream().close(); // It ends when its input is closed, or with this process.
        mock.waitFor();
    }

    String ask(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(Client.field(line, "controlUrl") + path));
        request.header("Authorization", "Bearer " + Client.field(line, "token"));
        return Client.HTTP.send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void keepsTheNewRefreshToken() throws Exception {
        var client = new Client(Client.field(line, "loginUrl"), Client.field(line, "clientId"));
        client.finishLogin(Client.field(ask("/sign-in", "{\"url\":\"" + client.authorizationUrl() + "\"}"), "callback"));
        for (int cycle = 0; cycle < 2; cycle++) {
            ask("/expire", "{}");
            client.call();
        }
        String finding = ask("/grade", "{\"ids\":[\"RTR-02\"]}");
        assertEquals("pass", Client.field(finding, "verdict"), "RTR-02: " + Client.field(finding, "message") + "\nFix: " + Client.field(finding, "fix"));
    }
}
