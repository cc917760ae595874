// A quickstart of its own, and what it printed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = join(import.meta.dirname, '../..');
export const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
const FLAGS = ['--listen', 'localhost:0', '--password-hashing', 'dev-only'];

// What the pages write in place of what the quickstart prints under these names.
const SAMPLES = {
  endpoint: 'localhost:9229',
  'user pool': 'us-east-1_5af3v2UKS',
  'public client': 'ursf8tho6k2xjpxvrzz0uqu4mu',
  'confidential client': 'v2s1sgrdhx6ua251952fko3ys6',
  'its secret': 'aud4vqlk9f4hfllels7k06tkcf3x8ze5s3g3xq0qloywnxvntts5',
  password: 'Dev1-xvzgy2tachxn6dc8fc9859q2',
};

// Where the apps on the pages listen; a run has a port of its own.
const APP = 'localhost:3000';

export class Quickstart {
  #process;
  #values;

  // Starts one with its data below `folder`.
  static async start(folder) {
    const started = new Quickstart();
    started.#process = spawn(join(TARGET, 'debug/poolhouse'), ['quickstart', ...FLAGS], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.#values = await readFacts(started.#process.stdout);
    await started.#moveApp();
    return started;
  }

  get endpoint() {
    return `http://${this.#values.get(SAMPLES.endpoint)}`;
  }

  // The texts of the pages that stand for values of the run.
  get samples() {
    return this.#pairs().map(([sample]) => sample);
  }

  // Puts this run's values into the code of a page.
  fillIn(code) {
    return this.#pairs().reduce((text, [sample, value]) => text.replaceAll(sample, value), code);
  }

  // Puts what the pages write in place of this run's values into an answer.
  takeOut(answer) {
    return this.#pairs().reduce((text, [sample, value]) => text.replaceAll(value, sample), answer);
  }

  async stop() {
    this.#process.kill('SIGTERM');
    await once(this.#process, 'exit');
  }

  // Each value as it is, and as it stands in a query.
  #pairs() {
    return [...this.#values].flatMap(([sample, value]) => {
      const encoded = [encodeURIComponent(sample), encodeURIComponent(value)];
      return encoded[0] === sample ? [[sample, value]] : [[sample, value], encoded];
    });
  }

  // Lets the clients send people back to a free port instead of the one that the pages write.
  async #moveApp() {
    const own = `localhost:${await freePort()}`;
    const UserPoolId = this.#values.get(SAMPLES['user pool']);
    for (const kind of ['public client', 'confidential client']) {
      const ClientId = this.#values.get(SAMPLES[kind]);
      const { UserPoolClient } = await this.#call('DescribeUserPoolClient', { UserPoolId, ClientId });
      const { ClientSecret, CreationDate, LastModifiedDate, ...settings } = UserPoolClient;
      for (const member of ['CallbackURLs', 'LogoutURLs']) {
        settings[member] = settings[member].map((url) => url.replace(APP, own));
      }
      await this.#call('UpdateUserPoolClient', settings);
    }
    this.#values.set(APP, own);
  }

  async #call(operation, input) {
    const credential = 'Credential=dev/20261101/us-east-1/cognito-idp/aws4_request';
    const answer = await fetch(this.endpoint, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
        'X-Amz-Date': '20261101T000000Z',
        Authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(body)}`);
    return body;
  }
}

// Reads the lines `name   value` up to the first empty one.
async function readFacts(output) {
  const values = new Map();
  for await (const line of createInterface({ input: output })) {
    if (line === '') return values;
    const [name, value] = line.split(/\s{2,}/);
    if (SAMPLES[name]) values.set(SAMPLES[name], value.replace('http://', ''));
  }
  throw new Error('the quickstart ended before it had printed its values');
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
