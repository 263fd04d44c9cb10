// Lets sf-conformance move your client: one JSON object a line in, one a line out.
// It works as it is, with an example client that never refreshes. Put your own in its place: Login and Query.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

/// <summary>Throw it when your client asks its user to connect again.</summary>
class ConnectAgain : Exception { }

static class Adapter
{
    static readonly object Output = new object();

    static void Main()
    {
        string line;
        while ((line = Console.In.ReadLine()) != null)
        {
            var id = Find(line, "\"id\"\\s*:\\s*(\\d+)");
            var action = Find(line, "\"do\"\\s*:\\s*\"(\\w+)\"");
            // Each request runs by itself: several can be open at once.
            Task.Run(async () => Say("{\"id\":" + id + "," + await Answer(action) + "}"));
        }
    }

    /// <summary>What follows the id in the answer to an action.</summary>
    static async Task<string> Answer(string action)
    {
        try
        {
            switch (action)
            {
                // A login. Hand over the authorization URL instead of opening a browser; return when the login has ended.
                case "authorize":
                    await Login(url => Say("{\"event\":\"open\",\"url\":" + Quoted(url) + "}"));
                    return "\"ok\":true";
                // One ordinary API call, with whatever refresh and retry your client does by itself.
                case "call":
                    return "\"ok\":true,\"status\":" + await Query();
                // Where your client can, also: "refresh", "status" ("connected":true), "disconnect".
                default:
                    return "\"unsupported\":true";
            }
        }
        catch (Exception error)
        {
            var again = error is ConnectAgain ? "true" : "false";
            return "\"ok\":false,\"reauthorize\":" + again + ",\"error\":" + Quoted(error.Message);
        }
    }

    static void Say(string line)
    {
        lock (Output)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    static string Quoted(string text)
    {
        return '"' + Regex.Replace(text.Replace("\\", "\\\\").Replace("\"", "\\\""), "[\\x00-\\x1f]", " ") + '"';
    }

    static string Find(string text, string pattern)
    {
        return Regex.Match(text, pattern).Groups[1].Value;
    }

    // ---- The example client: replace what follows by calls of your own. ----

    static readonly HttpClient Http = new HttpClient();

    static string Env(string name)
    {
        return Environment.GetEnvironmentVariable(name) ?? "";
    }

    static string Tokens
    {
        get { return Path.Combine(Env("SF_STATE_DIR"), "tokens.json"); }
    }

    static async Task Login(Action<string> open)
    {
        var verifier = Random(32);
        var state = Random(16);
        var wanted = new Uri(Env("SF_REDIRECT_URI"));
        var listener = new TcpListener(IPAddress.Parse(wanted.Host), Math.Max(wanted.Port, 0));
        listener.Start();
        var redirect = "http://" + wanted.Host + ":" + ((IPEndPoint)listener.LocalEndpoint).Port + wanted.AbsolutePath;
        open(Env("SF_LOGIN_URL") + "/services/oauth2/authorize?" + string.Join("&", new Dictionary<string, string>
        {
            { "response_type", "code" },
            { "client_id", Env("SF_CLIENT_ID") },
            { "redirect_uri", redirect },
            { "scope", Env("SF_SCOPES") },
            { "state", state },
            { "code_challenge", Base64Url(SHA256.Create().ComputeHash(Encoding.ASCII.GetBytes(verifier))) },
            { "code_challenge_method", "S256" },
        }.Select(pair => pair.Key + "=" + Uri.EscapeDataString(pair.Value))));
        var callback = await Receive(listener);
        if (!callback.ContainsKey("state") || callback["state"] != state)
            throw new Exception("the callback belongs to another login");
        if (callback.ContainsKey("error")) throw new Exception(callback["error"]);
        var form = new Dictionary<string, string>
        {
            { "grant_type", "authorization_code" },
            { "code", callback["code"] },
            { "client_id", Env("SF_CLIENT_ID") },
            { "redirect_uri", redirect },
            { "code_verifier", verifier },
        };
        if (Env("SF_CLIENT_SECRET") != "") form["client_secret"] = Env("SF_CLIENT_SECRET");
        var answer = await Http.PostAsync(Env("SF_LOGIN_URL") + "/services/oauth2/token", new FormUrlEncodedContent(form));
        if (!answer.IsSuccessStatusCode) throw new Exception("the code was refused: " + (int)answer.StatusCode);
        File.WriteAllText(Tokens, await answer.Content.ReadAsStringAsync());
    }

    static async Task<Dictionary<string, string>> Receive(TcpListener listener)
    {
        try
        {
            using (var socket = await listener.AcceptTcpClientAsync())
            using (var reader = new StreamReader(socket.GetStream()))
            {
                var target = (await reader.ReadLineAsync() ?? "").Split(' ')[1];
                while (!string.IsNullOrEmpty(await reader.ReadLineAsync())) { }
                var page = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\nYou can close this page now.";
                var bytes = Encoding.ASCII.GetBytes(page);
                await socket.GetStream().WriteAsync(bytes, 0, bytes.Length);
                return target.Substring(target.IndexOf('?') + 1).Split('&').Select(pair => pair.Split(new[] { '=' }, 2))
                    .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
            }
        }
        finally
        {
            listener.Stop();
        }
    }

    static async Task<int> Query()
    {
        var stored = File.ReadAllText(Tokens);
        var url = Find(stored, "\"instance_url\"\\s*:\\s*\"([^\"]+)\"") + "/services/data/v62.0/limits";
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Authorization", "Bearer " + Find(stored, "\"access_token\"\\s*:\\s*\"([^\"]+)\""));
        var status = (int)(await Http.SendAsync(request)).StatusCode;
        if (status != 200) throw new Exception("the API answered " + status + ", and the example client never refreshes");
        return status;
    }

    static string Random(int bytes)
    {
        var raw = new byte[bytes];
        using (var source = RandomNumberGenerator.Create()) source.GetBytes(raw);
        return Base64Url(raw);
    }

    static string Base64Url(byte[] raw)
    {
        return Convert.ToBase64String(raw).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
