import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Report } from '../../../source/commands/doctor/report.ts';
import { base64, kubeconfig } from '../../kube/support/kubeconfig.ts';
import { temporaryFolder } from '../../kube/support/temporary-folder.ts';
import { cluster, runDoctor } from './run-doctor.ts';

/** Nothing listens there: what is found must have been found before. */
const server = 'https://127.0.0.1:1';

const plugin = (exec: object) =>
	kubeconfig(
		{ server },
		{ exec: { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', ...exec } },
	);

async function reportOn(test: TestContext, content: string | object): Promise<{ code: number; report: Report }> {
	const file = temporaryFolder(test).write('config', content);
	const { code, out } = await runDoctor({
		connection: { kubeconfig: file },
		strings: { output: 'json', timeout: '20s' },
	});
	return { code, report: JSON.parse(out) };
}

const broken: readonly { id: string; title: string; content: string | object }[] = [
	{ id: 'kubeconfig-unparsable', title: 'is no YAML', content: 'clusters: [\n' },
	{ id: 'kubeconfig-unparsable', title: 'is a web page', content: '<html><title>Sign in</title></html>' },
	{ id: 'kubeconfig-absent', title: 'is empty', content: '' },
	{
		id: 'kubeconfig-no-current-context',
		title: 'selects nothing',
		content: { ...kubeconfig({ server }), 'current-context': '' },
	},
	{
		id: 'kubeconfig-context-missing',
		title: 'selects what is not in it',
		content: { ...kubeconfig({ server }), 'current-context': 'gone' },
	},
	{
		id: 'kubeconfig-cluster-missing',
		title: 'lost its cluster',
		content: kubeconfig({ server }, {}, { cluster: 'gone' }),
	},
	{ id: 'kubeconfig-user-missing', title: 'lost its user', content: kubeconfig({ server }, {}, { user: 'gone' }) },
	{
		id: 'kubeconfig-file-ref-missing',
		title: 'names files that are not there',
		content: kubeconfig(
			{ server, 'certificate-authority': 'ca.crt' },
			{ 'client-certificate': 'jane.crt', 'client-key': 'jane.key' },
		),
	},
	{
		id: 'kubeconfig-ca-garbage',
		title: 'has no certificate for an authority',
		content: kubeconfig({ server, 'certificate-authority-data': base64('garbage') }),
	},
	{
		id: 'kubeconfig-flag-conflict',
		title: 'contradicts itself',
		content: kubeconfig({
			server,
			'certificate-authority-data': base64('garbage'),
			'insecure-skip-tls-verify': true,
		}),
	},
	{ id: 'exec-plugin-not-found', title: 'names a program that is not here', content: plugin({ command: 'no-such' }) },
	{ id: 'exec-plugin-failed', title: 'names a program that fails', content: plugin({ command: '/bin/false' }) },
	{
		id: 'exec-plugin-api-version',
		title: 'names a version that was removed',
		content: plugin({ command: '/bin/true', apiVersion: 'client.authentication.k8s.io/v1alpha1' }),
	},
	{
		id: 'auth-provider-removed',
		title: 'uses a provider of old',
		content: kubeconfig({ server }, { 'auth-provider': { name: 'gcp' } }),
	},
];

describe('whytop doctor, with a kubeconfig that', () => {
	for (const { content, id, title } of broken) {
		test(`${title}: ${id}, without a request`, async (t) => {
			const { code, report } = await reportOn(t, content);
			assert.equal(code, 1);
			assert.deepEqual(
				report.findings.map((finding) => `${finding.certainty} ${finding.id}`),
				[`proved ${id}`],
			);
			assert.equal(report.requests, 0);
			assert.ok(report.findings[0]?.fixes.some(({ run = [] }) => run.length > 0));
			assert.deepEqual(report.unchecked, []);
		});
	}

	test('names several missing files: all of them are told at once', async (t) => {
		const { report } = await reportOn(
			t,
			kubeconfig(
				{ server, 'certificate-authority': 'ca.crt' },
				{ 'client-certificate': 'jane.crt', 'client-key': 'jane.key' },
			),
		);
		const quotes = report.findings[0]?.because.map(({ quote }) => /^[\w-]+/.exec(quote)?.[0]);
		assert.deepEqual(quotes, ['certificate-authority', 'client-certificate', 'client-key']);
	});

	test('is missing where KUBECONFIG names it', async (t) => {
		const { code, out } = await runDoctor({
			environment: { KUBECONFIG: join(temporaryFolder(t).path, 'gone'), PATH: process.env['PATH'] },
			strings: { output: 'json' },
		});
		const report = JSON.parse(out) as Report;
		assert.equal(code, 1);
		assert.deepEqual(
			report.findings.map(({ id }) => id),
			['kubeconfig-path-missing'],
		);
		assert.deepEqual(
			report.findings[0]?.consequences.map(({ id }) => id),
			['kubeconfig-absent'],
		);
	});

	test('names a program that hangs: its silence is not taken for the server’s', async (t) => {
		const folder = temporaryFolder(t);
		const file = folder.write('config', plugin({ command: folder.script('hang', 'exec sleep 600') }));
		const { code, out } = await runDoctor({
			connection: { kubeconfig: file },
			strings: { output: 'json', timeout: '2s' },
		});
		const report = JSON.parse(out) as Report;
		assert.equal(code, 1);
		assert.deepEqual(
			report.findings.map(({ id }) => id),
			['exec-plugin-failed'],
		);
	});

	test('holds secrets: none of them is in the report', async (t) => {
		const token = `${base64('{"alg":"none"}')}.${base64('{"exp":1,"iss":"https://issuer.example"}')}.signature`;
		const { report } = await reportOn(t, kubeconfig({ server }, { token }));
		assert.doesNotMatch(JSON.stringify(report), /signature|eyJ/);
	});
});

describe('whytop doctor, of a user that the server', () => {
	test('refuses because the token’s time is over: it is told by the token itself', async (t) => {
		const of = await cluster(t);
		const token = `${base64('{"alg":"none"}')}.${base64('{"exp":1600000000,"iss":"https://issuer.example"}')}.x`;
		const { code, out } = await runDoctor({ connection: { kubeconfig: of, token }, strings: { output: 'json' } });
		const { findings } = JSON.parse(out) as Report;
		assert.equal(code, 1);
		assert.deepEqual(
			findings.map(({ certainty, id }) => `${certainty} ${id}`),
			['proved token-expired-or-revoked'],
		);
		assert.match(findings[0]?.title ?? '', /expired on 2020-09-13T12:26:40Z/);
		assert.match(findings[0]?.explanation ?? '', /https:\/\/issuer\.example/);
	});

	test('does not see: nobody’s missing rights only follow from it', async (t) => {
		const of = await cluster(t);
		const { code, out } = await runDoctor({
			connection: { kubeconfig: of, context: 'whytop-demo-anonymous' },
			strings: { output: 'json' },
		});
		const { findings } = JSON.parse(out) as Report;
		assert.equal(code, 1);
		assert.deepEqual(
			findings.map(({ certainty, id }) => `${certainty} ${id}`),
			['proved anonymous-identity'],
		);
	});
});
