import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { withProviderConfig } from '../../../source/kube/kubeconfig/edit.ts';

const yaml = `# ours, by hand
apiVersion: v1
kind: Config
users:
    - name: other   # leave me
      user: {auth-provider: {name: oidc, config: {id-token: other.one}}}
    - name: jane
      user:
          auth-provider:
              config:   # from the portal
                  client-id: kubernetes
                  id-token: old.id.token   # expires
                  idp-issuer-url: "https://issuer.example.com"

                  refresh-token: 'old refresh'
              name: oidc
preferences: {}
`;

describe('a value of an auth-provider is changed', () => {
	test('and every other byte stays', () => {
		assert.equal(
			withProviderConfig(yaml, 'jane', { 'id-token': 'new.id.token', 'refresh-token': 'new: refresh #1' }),
			yaml.replace('old.id.token', 'new.id.token').replace("'old refresh'", '"new: refresh #1"'),
		);
	});
	test('in flow style and JSON', () => {
		assert.equal(
			withProviderConfig(yaml, 'other', { 'id-token': 'new.one', 'refresh-token': 'r1' }),
			yaml.replace('{id-token: other.one}', '{"refresh-token": "r1", id-token: new.one}'),
		);
		const json = JSON.stringify(parse(yaml), null, 2);
		const changed = withProviderConfig(json, 'jane', { 'id-token': 'new.id.token' });
		assert.equal(changed, json.replace('old.id.token', 'new.id.token'));
	});
	test('or added, where it was not there, was empty, or was folded', () => {
		const without = yaml.replace(/ +refresh-token.*\n/, '').replace('id-token: old.id.token', 'id-token:');
		assert.deepEqual(
			parse(withProviderConfig(without, 'jane', { 'id-token': 'a.b.c', 'refresh-token': 'r' }) ?? '').users[1].user[
				'auth-provider'
			].config,
			{
				'refresh-token': 'r',
				'client-id': 'kubernetes',
				'id-token': 'a.b.c',
				'idp-issuer-url': 'https://issuer.example.com',
			},
		);
		const folded = yaml.replace('old.id.token   # expires', '>-\n                    old\n                    token');
		const changed = withProviderConfig(folded, 'jane', { 'id-token': 'a.b.c' });
		assert.equal(changed, yaml.replace('old.id.token   # expires', 'a.b.c'));
	});
	test('unless there is no such entry', () => {
		for (const source of [
			'',
			'users: [',
			'<html>',
			'users:\n- name: jane\n',
			yaml.replace('name: jane', 'name: joe'),
		]) {
			assert.equal(withProviderConfig(source, 'jane', { 'id-token': 'x' }), null);
		}
	});
	test('so that it is read again as what it was meant to be, whatever it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (id, refresh) => {
				const changed = withProviderConfig(yaml, 'jane', { 'id-token': id, 'refresh-token': refresh });
				const { config } = parse(changed ?? '').users[1].user['auth-provider'];
				assert.deepEqual([config['id-token'], config['refresh-token']], [id, refresh]);
			}),
		);
	});
});
