# Lets sf-conformance move your client: one JSON object a line in, one a line out.
# It works as it is, with an example client that never refreshes. Put your own in its place: login and query.
require 'base64'
require 'digest'
require 'json'
require 'net/http'
require 'securerandom'
require 'socket'
require 'uri'

OUTPUT = Mutex.new

def say(line)
  OUTPUT.synchronize do
    $stdout.puts(JSON.generate(line))
    $stdout.flush
  end
end

# Raise it when your client asks its user to connect again.
class ConnectAgain < StandardError; end

ACTIONS = {
  # A login. Hand over the authorization URL instead of opening a browser; return when the login has ended.
  'authorize' => lambda {
    login(->(url) { say({ event: 'open', url: url }) })
    {}
  },
  # One ordinary API call, with whatever refresh and retry your client does by itself.
  'call' => -> { { status: query } }
  # Where your client can, also: 'refresh', 'status' ({ connected: true }), 'disconnect'.
}.freeze

def answer(ask)
  action = ACTIONS[ask['do']]
  return say({ id: ask['id'], unsupported: true }) if action.nil?

  say({ id: ask['id'], ok: true }.merge(action.call))
rescue StandardError => e
  say({ id: ask['id'], ok: false, error: e.message, reauthorize: e.is_a?(ConnectAgain) })
end

# ---- The example client: replace what follows, up to the last two lines, by calls of your own. ----

TOKENS = File.join(ENV.fetch('SF_STATE_DIR', '.'), 'tokens.json')

def login(open)
  verifier = SecureRandom.urlsafe_base64(32)
  state = SecureRandom.urlsafe_base64(16)
  redirect = URI(ENV.fetch('SF_REDIRECT_URI'))
  server = TCPServer.new('127.0.0.1', redirect.port)
  redirect.port = server.addr[1]
  asked = {
    response_type: 'code',
    client_id: ENV.fetch('SF_CLIENT_ID'),
    redirect_uri: redirect.to_s,
    scope: ENV.fetch('SF_SCOPES'),
    state: state,
    code_challenge: Base64.urlsafe_encode64(Digest::SHA256.digest(verifier), padding: false),
    code_challenge_method: 'S256'
  }
  open.call("#{ENV.fetch('SF_LOGIN_URL')}/services/oauth2/authorize?#{URI.encode_www_form(asked)}")
  callback = receive(server)
  raise 'the callback belongs to another login' if callback['state'] != state
  raise callback['error'] if callback.key?('error')

  form = {
    grant_type: 'authorization_code',
    code: callback['code'],
    client_id: ENV.fetch('SF_CLIENT_ID'),
    redirect_uri: redirect.to_s,
    code_verifier: verifier
  }
  form[:client_secret] = ENV['SF_CLIENT_SECRET'] if ENV.key?('SF_CLIENT_SECRET')
  reply = Net::HTTP.post_form(URI("#{ENV.fetch('SF_LOGIN_URL')}/services/oauth2/token"), form)
  raise "the code was refused: #{reply.code}" unless reply.is_a?(Net::HTTPOK)

  File.write(TOKENS, reply.body, perm: 0o600)
end

def receive(server)
  socket = server.accept
  target = socket.gets.split[1]
  nil until socket.gets.strip.empty?
  socket.write("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\nYou can close this page now.")
  socket.close
  URI.decode_www_form(URI(target).query.to_s).to_h
ensure
  server.close
end

def query
  tokens = JSON.parse(File.read(TOKENS))
  uri = URI("#{tokens['instance_url']}/services/data/v62.0/limits")
  reply = Net::HTTP.get_response(uri, { 'Authorization' => "Bearer #{tokens['access_token']}" })
  raise "the API answered #{reply.code}, and the example client never refreshes" unless reply.is_a?(Net::HTTPOK)

  reply.code.to_i
end

# ---- Each request has a thread of its own: several can be open at once. Keep this at the end. ----
$stdin.each_line { |line| Thread.new { answer(JSON.parse(line)) } }
