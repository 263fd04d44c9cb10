// The page: three buttons, a line that says whether there is a connection, a line that says how the last thing went.
import { createClient } from './salesforce.js';

const settings = await (await fetch('/settings.json')).json();
const client = createClient({ ...settings, redirectUri: `${location.origin}/callback` });

const $ = (id) => document.getElementById(id);
const show = async () => {
  $('state').textContent = (await client.connected()) ? 'Connected' : 'Signed out';
};

/** Actions under way; the result shows when the last of them has ended. */
let busy = 0;
const doing = async (work) => {
  busy += 1;
  $('result').textContent = 'Working';
  let said;
  try {
    said = await work();
  } catch (error) {
    said = error.reauthorize ? `Please connect again: ${error.message}` : `Failed: ${error.message}`;
  }
  busy -= 1;
  await show();
  if (busy === 0) $('result').textContent = said;
};

$('connect').onclick = () =>
  doing(async () => {
    await client.connect();
    return 'Leaving';
  });
$('load').onclick = () => doing(async () => `Loaded, status ${await client.call('/services/data/v67.0/limits')}`);
$('renew').onclick = () =>
  doing(async () => {
    await client.refresh();
    return 'Renewed';
  });
$('disconnect').onclick = () =>
  doing(async () => {
    await client.disconnect();
    return 'Logged out';
  });

// Another tab has connected, refreshed or logged out.
new BroadcastChannel('salesforce-tokens').onmessage = () => void show();

if (location.pathname === '/callback') {
  const query = new URLSearchParams(location.search);
  // At once, before anything is loaded or sent: neither the history nor a Referer keeps the code (RFC 9700 §4.3).
  history.replaceState(null, '', '/');
  await doing(async () => {
    await client.finish(query);
    return 'Done';
  });
} else await show();
