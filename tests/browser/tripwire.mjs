// Notices whatever a hostile text brought about in a window.

import assert from 'node:assert/strict';

const HOST = 'hacked.invalid';

export class Tripwire {
  #found = [];
  #window;

  // Watches a window from here on.
  static async lay(window) {
    const wire = new Tripwire();
    wire.#window = window;
    const context = window.context();
    await context.exposeBinding('tellTripwire', (_, what) => wire.#found.push(what));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        window.tellTripwire(`the policy refused ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    window.on('dialog', (dialog) => {
      wire.#found.push(`a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    window.on('popup', (popup) => wire.#found.push(`another window: ${popup.url()}`));
    window.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) wire.#found.push(message.text());
    });
    window.on('request', (request) => {
      if (new URL(request.url()).hostname.endsWith(HOST)) wire.#found.push(`asked for ${request.url()}`);
    });
    window.on('response', async (response) => {
      if (response.status() >= 500) wire.#found.push(`${response.status()} for ${response.url()}`);
      if ('x-hacked' in response.headers()) wire.#found.push(`a header of ${response.url()}`);
    });
    return wire;
  }

  // Fails if something was brought about, or stands on the page ready to be.
  async check(what) {
    const dangers = await this.#window.evaluate(dangersOfThePage);
    assert.deepEqual([...this.#found, ...dangers], [], what);
    const cookies = await this.#window.context().cookies();
    assert.ok(!cookies.some(({ name }) => name === 'hacked'), `${what}: a cookie was set`);
  }
}

// Runs in the page: what no page of this server has.
function dangersOfThePage() {
  const found = [];
  if (window.hacked) found.push('something ran');
  const elements = 'script, iframe, frame, object, embed, base, style, math, #hacked, [srcdoc], [style]';
  for (const element of document.querySelectorAll(elements)) found.push(element.outerHTML.slice(0, 200));
  for (const meta of document.querySelectorAll('meta[http-equiv]')) found.push(meta.outerHTML);
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) found.push(`a handler: ${name}`);
      if (!['href', 'src', 'action', 'formaction'].includes(name)) continue;
      const { protocol, origin } = new URL(value, location.href);
      const isOurs = origin === location.origin || ['otpauth:', 'mailto:'].includes(protocol);
      if (!isOurs) found.push(`an address: ${name}=${value.slice(0, 200)}`);
    }
  }
  return found;
}
