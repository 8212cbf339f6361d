import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DialFacts, HandshakeFacts } from '../../source/diagnose/evidence/way.ts';
import { certificateLine, factsOfTheWay, seenOnTheWay } from '../../source/diagnose/evidence/way-seen.ts';
import { causeTexts } from '../../source/messages/en/doctor.ts';
import { evidenceOf, now, read, seconds } from './evidence.ts';

const dial = (code: string, of: DialFacts['of'] = 'server'): DialFacts => ({
	of,
	address: of === 'proxy' ? '10.0.0.9' : '10.0.0.1',
	port: of === 'proxy' ? 3128 : 6443,
	code,
	took: 4_000,
});

const day = seconds(86_400);
const leaf = {
	subject: 'CN=kube-apiserver',
	issuer: 'CN=kubernetes',
	names: ['DNS:kubernetes', 'IP Address:10.0.0.1'],
	from: now - 400 * day,
	until: now - 35 * day,
};

const handshake = (more: Partial<HandshakeFacts>) =>
	read({ endpoint: '10.0.0.1:6443', chain: [], code: 'ETIMEDOUT', protocol: '', took: 5_000, ...more });

describe('at which step of the way nothing came any more', () => {
	const stage = (answers: Parameters<typeof evidenceOf>[0]) => factsOfTheWay(evidenceOf(answers)).stage;

	test('is told by the last one that was answered', () => {
		assert.equal(stage({}), '');
		assert.equal(stage({ tcp: read([dial('ETIMEDOUT'), dial('ECONNREFUSED')]) }), 'connect');
		assert.equal(stage({ tcp: read([dial('ETIMEDOUT'), dial('')]), tls: handshake({}) }), 'handshake');
		assert.equal(stage({ tcp: read([dial('')]), tls: handshake({ chain: [leaf], code: '' }) }), 'answer');
	});

	test('is that of the proxy where there is one; the server’s own address tells whether one can go past it', () => {
		const refused = read([dial('ECONNREFUSED', 'proxy'), dial('')]);
		const { direct, stage: step } = factsOfTheWay(evidenceOf({ tcp: refused }));
		assert.deepEqual({ direct, step }, { direct: 'open', step: 'connect' });
	});

	test('decides what silence means, and whom to ask', () => {
		const text = causeTexts['api-timeout'];
		const told = (facts: Record<string, string>) =>
			[text?.explanation(facts), ...(text?.fixes(facts) ?? []).map(({ say }) => say)].join(' ');
		assert.match(told({ stage: 'connect' }), /packets are dropped.*authorized networks/);
		assert.match(told({ stage: 'handshake' }), /says nothing in the TLS handshake.*Your address is let through/);
		assert.match(told({ stage: 'answer' }), /the request is not answered.*Your address is let through/);
		assert.match(told({}), /or the server takes the connection and says nothing.*authorized networks/);
	});
});

describe('what was seen of the way', () => {
	test('is every step, in its order', () => {
		const evidence = evidenceOf({
			dns: read([
				{ of: 'server', name: 'api.example.com', addresses: ['10.0.0.1', '10.0.0.2'], code: '', took: 3, setting: '' },
			]),
			tcp: read([dial('ETIMEDOUT'), { ...dial(''), address: 'fd00::2', took: 2 }]),
			tls: handshake({ chain: [leaf], code: 'CERT_HAS_EXPIRED' }),
		});
		assert.deepEqual(
			seenOnTheWay(evidence).map(({ quote, request }) => `${request}: ${quote}`),
			[
				'resolve api.example.com: 10.0.0.1, 10.0.0.2',
				'connect to 10.0.0.1:6443: nothing came back (ETIMEDOUT) after 4.0 s',
				'connect to [fd00::2]:6443: connected in 2 ms',
				'TLS handshake with 10.0.0.1:6443 → CERT_HAS_EXPIRED: CN=kube-apiserver, issued by CN=kubernetes; for DNS:kubernetes, IP Address:10.0.0.1; 2025-10-24 to 2026-10-24, ended 35d ago',
			],
		);
	});

	test('says of a certificate who issued it, for whom, and from when until when', () => {
		const young = { ...leaf, issuer: leaf.subject, names: [], from: now + seconds(120), until: now + day };
		assert.equal(
			certificateLine(young, now),
			'CN=kube-apiserver, signed by itself; 2026-11-28 to 2026-11-29, begins in 2m',
		);
		const names = Array.from({ length: 12 }, (_, index) => `DNS:h${index}`);
		assert.match(certificateLine({ ...leaf, names }, now), /DNS:h7 and 4 more;/);
	});
});
