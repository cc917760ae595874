// A single-page app on an origin of its own, as a React app with axios is written: it reads the
// code from its address, posts it as a form, and shows the tokens.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const AXIOS = new URL('../node_modules/axios/dist/axios.min.js', import.meta.url);

// The page; `settings` is what a developer types into the app's configuration.
const page = (settings) => `<!doctype html>
<title>App</title>
<a id="sign-in">Sign in</a>
<dl></dl>
<script src="/axios.js"></script>
<script>
const settings = ${JSON.stringify(settings)};
const show = (name, value) => {
  const [term, text] = [document.createElement('dt'), document.createElement('dd')];
  term.textContent = name;
  text.id = name;
  text.textContent = value;
  document.querySelector('dl').append(term, text);
};
document.querySelector('#sign-in').href = settings.signInUrl;

const exchange = async (code) => {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: settings.clientId,
    code,
    redirect_uri: settings.redirectUri,
  });
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return axios.post(settings.endpoint + '/oauth2/token', form, { headers });
};

const query = new URLSearchParams(location.search);
const fragment = new URLSearchParams(location.hash.slice(1));
for (const [name, value] of [...query, ...fragment]) show('received-' + name, value);
if (query.has('code')) {
  exchange(query.get('code'))
    .then(({ data }) => Object.entries(data).forEach(([name, value]) => show(name, value)))
    .catch((error) => {
      show('failed-status', error.response?.status ?? error.message);
      show('failed-error', error.response?.data?.error);
    })
    .finally(() => show('done', 'yes'));
} else {
  show('done', 'yes');
}
</script>
`;

// Serves the app until the test ends; `settings` may be filled in later.
export async function serveApp(test) {
  const axios = await readFile(AXIOS);
  const settings = {};
  const server = createServer((request, response) => {
    if (request.url === '/axios.js') {
      response.setHeader('content-type', 'text/javascript').end(axios);
    } else {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page(settings));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://localhost:${server.address().port}`;
  return { origin, callback: `${origin}/callback`, settings };
}
