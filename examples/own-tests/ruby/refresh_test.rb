# A client's token refresh, tested against a mock Salesforce: ruby refresh_test.rb
%w[digest json minitest/autorun net/http securerandom].each { |name| require name }

COMMAND = [*ENV.fetch("SF_CONFORMANCE", "npx sf-conformance").split, "serve", "--headless", "--json", "--quiet"]
CALLBACK = "http://127.0.0.1:8765/callback"

# The client under test. DROP_NEW_TOKEN in the environment breaks it, and the test finds out.
class Client
  def initialize(env)
    @env, @verifier, @state = env, SecureRandom.urlsafe_base64(48), SecureRandom.urlsafe_base64(16)
  end

  def authorization_url
    challenge = [Digest::SHA256.digest(@verifier)].pack("m0").tr("+/", "-_").delete("=")
    "#{@env["SF_LOGIN_URL"]}/services/oauth2/authorize?" + URI.encode_www_form(
      response_type: "code", client_id: @env["SF_CLIENT_ID"], redirect_uri: CALLBACK, state: @state,
      scope: @env["SF_SCOPES"], code_challenge: challenge, code_challenge_method: "S256")
  end

  def ask_token(**form)
    answer = Net::HTTP.post_form(URI("#{@env["SF_LOGIN_URL"]}/services/oauth2/token"), client_id: @env["SF_CLIENT_ID"], **form)
    answer.is_a?(Net::HTTPOK) ? JSON.parse(answer.body) : raise("#{answer.code} #{answer.body}")
  end

  def finish_login(callback)
    answer = URI.decode_www_form(URI(callback).query).to_h
    raise "wrong state" unless answer["state"] == @state
    @tokens = ask_token(grant_type: "authorization_code", code: answer["code"], redirect_uri: CALLBACK, code_verifier: @verifier)
  end

  def call
    url = URI("#{@tokens["instance_url"]}/services/data/v62.0/limits")
    Net::HTTP.get_response(url, "Authorization" => "Bearer #{@tokens["access_token"]}").code
  end

  def call_with_refresh
    return "200" if call != "401"
    answer = ask_token(grant_type: "refresh_token", refresh_token: @tokens["refresh_token"])
    @tokens.update(ENV.key?("DROP_NEW_TOKEN") ? answer.slice("access_token") : answer)
    call
  end
end

class RefreshTest < Minitest::Test
  def ask(path, body = nil)
    url, headers = URI(@line["controlUrl"] + path), { "Authorization" => "Bearer #{@line["token"]}" }
    JSON.parse((body ? Net::HTTP.post(url, body.to_json, headers) : Net::HTTP.get_response(url, headers)).body)
  end

  def test_keeps_the_new_refresh_token
    IO.popen(COMMAND, "r+") do |mock| # ends when its input is closed
      @line = JSON.parse(mock.gets)
      client = Client.new(ask("/env"))
      client.finish_login(ask("/sign-in", { url: client.authorization_url })["callback"])
      2.times { ask("/expire", {}) && client.call_with_refresh rescue nil } # the verdict says why
      finding = ask("/grade", { ids: ["RTR-02"] })["findings"][0]
      assert_equal "pass", finding["verdict"], "RTR-02: #{finding["message"]}\nFix: #{finding["fix"]}"
    end
  end
end
