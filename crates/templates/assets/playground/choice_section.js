// Step 1: which app client, of this server or of a domain elsewhere.

import { button, byId, code, copyButton, el, facts, fill, muted, note, notice, quietButton, textBlock } from './dom.js';
import { readChoice, readClient } from './server.js';
import { asAwsCli } from './snippet_aws_cli.js';
import { change, state } from './state.js';
import { foreignTarget, ownTarget, registrationInput } from './target.js';

const COVER = '••••••••••••••••';

export async function startChoice(wantedId) {
  const choice = await readChoice();
  const select = byId('client');
  fill(select, choice.pools.map((pool) =>
    el('optgroup', { label: `${pool.name} (${pool.id})` }, pool.clients.map((client) =>
      el('option', { value: client.id }, `${client.name} · ${client.is_confidential ? 'confidential' : 'public'} · ${client.id}`)))));
  const known = choice.pools.flatMap((pool) => pool.clients.map((client) => client.id));
  select.addEventListener('change', () => choose(choice, select.value));
  byId('foreign-form').addEventListener('submit', (event) => {
    event.preventDefault();
    chooseForeign();
  });
  if (known.length === 0 && !wantedId) {
    fill(byId('client-facts'), muted('There is no app client yet. Make one on the start page, by the API, or start the server with poolhouse quickstart.'));
    return;
  }
  if (wantedId && !known.includes(wantedId)) select.prepend(el('option', { value: wantedId }, wantedId));
  select.value = wantedId ?? known[0];
  await choose(choice, select.value);
}

async function choose(choice, id) {
  try {
    const target = ownTarget(choice, await readClient(id));
    change({ target, tokens: null, isSecretShown: false });
    showOwn(target);
  } catch (error) {
    change({ target: null });
    fill(byId('client-facts'), notice(error.message));
  }
}

function showOwn(target) {
  const lacksFlow = !target.flows.includes('code') && !target.flows.includes('implicit');
  fill(byId('client-facts'),
    facts([
      ['App client', code(target.clientId)],
      ['User pool', `${target.poolName} · `, code(target.poolId)],
      ['Secret', ...secretView(target)],
      ['Sent back to', code(target.redirectUri)],
    ]),
    lacksFlow ? notice('This client has no code and no implicit flow (AllowedOAuthFlows, AllowedOAuthFlowsUserPoolClient), so it has no sign-in page. Step 7 works with it all the same.') : null,
    target.isRegistered ? null : registration(target));
}

function secretView(target) {
  if (!target.clientSecret) return ['none: a public client, for pages and apps'];
  const shown = el('code', {}, COVER);
  const reveal = quietButton('Reveal', () => {
    change({ isSecretShown: !state.isSecretShown });
    shown.textContent = state.isSecretShown ? target.clientSecret : COVER;
    reveal.textContent = state.isSecretShown ? 'Cover' : 'Reveal';
  });
  return [shown, ' ', reveal, ' ', copyButton(target.clientSecret, 'the client secret')];
}

// The address of this page has to be among the client's: by one click, or by a command.
function registration(target) {
  const input = registrationInput(target);
  const { region, api } = target;
  const command = asAwsCli({ name: 'UpdateUserPoolClient', input, region, endpoint: api }, true);
  const field = (name, value) => el('input', { type: 'hidden', name, value });
  return el('div', { class: 'registration' },
    notice('This page is not among the client’s callback URLs, so that a sign-in cannot lead back here.'),
    el('form', { method: 'post', action: '/_poolhouse/playground/register' },
      field('_csrf', byId('playground').dataset.csrf), field('client_id', target.clientId),
      el('div', { class: 'row' }, el('button', { class: 'button', type: 'submit' }, 'Register this page with the client'))),
    el('details', {}, el('summary', {}, 'Or by the AWS CLI'),
      muted('An update puts every setting that it does not name back to its default: this command names all that the client has.'),
      textBlock('The command', code(command)), el('div', { class: 'row' }, copyButton(command, 'the command'))));
}

function chooseForeign() {
  const read = (name) => byId(`foreign-${name}`).value.trim();
  try {
    const target = foreignTarget({ domain: read('domain'), clientId: read('client-id'), redirectUri: read('redirect-uri'), poolId: read('pool-id') });
    change({ target, tokens: null });
    fill(byId('foreign-result'), note('Requests below are built for ', code(target.domain), '. This page sends none of them: copy them, and paste the code and the tokens that you get.'),
      el('div', { class: 'row' }, button('Back to this server’s clients', () => byId('client').dispatchEvent(new Event('change')), { class: 'button-quiet' })));
    fill(byId('client-facts'));
    byId('client').addEventListener('change', () => fill(byId('foreign-result')), { once: true });
  } catch (error) {
    fill(byId('foreign-result'), notice(error.message));
  }
}
