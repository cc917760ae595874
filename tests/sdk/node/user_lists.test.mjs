// ListUsers, by the paginator of AWS SDK for JavaScript v3.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { paginateListUsers } from '@aws-sdk/client-cognito-identity-provider';

import { UserPool, cognito } from '../../fixtures/user_pool.mjs';

async function list(pool, request = {}, pageSize = 2) {
  const names = [];
  const pages = paginateListUsers({ client: cognito, pageSize }, { UserPoolId: pool.id, ...request });
  for await (const page of pages) {
    assert.ok(page.Users.length <= pageSize);
    names.push(...page.Users.map((user) => user.Username));
  }
  return names.sort();
}

test('the paginator reads every user that a filter admits', async (t) => {
  const pool = await UserPool.create(t);
  for (const name of ['ann', 'anna', 'bob', 'cid', 'dan']) {
    await pool.createInvitedUser(name, { email: `${name}@Example.com`, given_name: 'Sam' });
  }
  const everybody = ['ann', 'anna', 'bob', 'cid', 'dan'];
  assert.deepEqual(await list(pool), everybody);
  assert.deepEqual(await list(pool, { Filter: 'given_name = "sam"' }), everybody);
  assert.deepEqual(await list(pool, { Filter: 'email ^= "ANN"' }, 1), ['ann', 'anna']);
  assert.deepEqual(await list(pool, { Filter: 'email = "bob@example.com"' }), ['bob']);
  assert.deepEqual(await list(pool, { Filter: 'status = "Disabled"' }), []);
  await cognito.adminDisableUser({ UserPoolId: pool.id, Username: 'cid' });
  assert.deepEqual(await list(pool, { Filter: 'status = "Disabled"' }), ['cid']);
});

test('an attribute that nobody has is refused as the class of the SDK', async (t) => {
  const pool = await UserPool.create(t);
  await pool.createInvitedUser('ann');
  await assert.rejects(
    cognito.listUsers({ UserPoolId: pool.id, AttributesToGet: ['nickname'] }),
    {
      name: 'InvalidParameterException',
      message: 'One or more requested attributes do not exist.',
    },
  );
});
