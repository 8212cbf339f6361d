/** What was seen of the way, in the words of a finding. Pure. */
import type { Observation } from '../../model/diagnosis.ts';
import { age } from '../../model/display.ts';
import { type Evidence, factsOf } from './evidence.ts';
import type { CertificateFacts, DialFacts, HandshakeFacts, NameFacts } from './way.ts';

/** The steps that were looked at, in their order: names, addresses, certificates. */
export function seenOnTheWay(evidence: Evidence): readonly Observation[] {
	const handshake = factsOf(evidence, 'tls');
	return [
		...(factsOf(evidence, 'dns') ?? []).filter(({ addresses, name }) => addresses[0] !== name).map(seenName),
		...(factsOf(evidence, 'tcp') ?? []).map(seenDial),
		...(handshake === null ? [] : seenHandshake(handshake, evidence.now)),
	];
}

type WayFact = 'stage' | 'endpoint' | 'direct' | 'setting' | 'host' | 'cluster';

/**
 * For the texts: `stage`, at which step nothing came any more (`connect`, `handshake`, `answer`; '' where nobody looked),
 * `endpoint` of the handshake, `direct`, whether the server's own address takes a connection past the proxy, `setting`,
 * what named the proxy, and `host` and `cluster`, for commands.
 */
export function factsOfTheWay(evidence: Evidence): Record<WayFact, string> {
	const named = factsOf(evidence, 'dns') ?? [];
	const dialled = factsOf(evidence, 'tcp') ?? [];
	const handshake = factsOf(evidence, 'tls');
	const hasProxy = dialled.some(({ of }) => of === 'proxy');
	const first = dialled.filter(({ of }) => of === (hasProxy ? 'proxy' : 'server'));
	const stage =
		first.length === 0
			? ''
			: first.every(({ code }) => code !== '')
				? 'connect'
				: handshake?.chain.length === 0
					? 'handshake'
					: 'answer';
	return {
		stage,
		endpoint: handshake?.endpoint ?? '',
		setting: named.find(({ of }) => of === 'proxy')?.setting ?? '',
		host: named.find(({ of }) => of === 'server')?.name ?? '',
		cluster: factsOf(evidence, 'kubeconfig')?.cluster ?? '',
		direct: hasProxy && dialled.some(({ code, of }) => of === 'server' && code === '') ? 'open' : '',
	};
}

function seenName({ addresses, code, name, of }: NameFacts): Observation {
	return {
		request: `resolve ${name}${of === 'proxy' ? ' (the proxy)' : ''}`,
		status: 0,
		quote: code === '' ? addresses.join(', ') : words(code),
	};
}

export function seenDial({ address, code, of, port, took }: DialFacts): Observation {
	const where = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
	return {
		request: `connect to ${where}${of === 'proxy' ? ' (the proxy)' : ''}`,
		status: 0,
		quote: code === '' ? `connected in ${Math.round(took)} ms` : `${words(code)} after ${seconds(took)}`,
	};
}

export function seenHandshake({ chain, code, endpoint, took }: HandshakeFacts, now: number): readonly Observation[] {
	const request = `TLS handshake with ${endpoint}`;
	return chain.length === 0
		? [{ request, status: 0, quote: `${words(code)} after ${seconds(took)}` }]
		: chain.map((certificate, index) => ({
				request:
					index === 0 ? `${request}${code === '' ? ', accepted' : ` → ${code}`}` : `its ${ordinal(index)} issuer`,
				status: 0,
				quote: certificateLine(certificate, now),
			}));
}

const mostNames = 8;

export function certificateLine({ from, issuer, names, subject, until }: CertificateFacts, now: number): string {
	const more = names.length - mostNames;
	const when = until < now ? `, ended ${age(now - until)} ago` : from > now ? `, begins in ${age(from - now)}` : '';
	return [
		subject === issuer ? `${subject}, signed by itself` : `${subject}, issued by ${issuer}`,
		...(names.length === 0
			? []
			: [`for ${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`]),
		`${day(from)} to ${day(until)}${when}`,
	].join('; ');
}

function ordinal(index: number): string {
	return ['', 'first', 'second', 'third', 'fourth', 'fifth'][index] ?? `${index}th`;
}

function day(time: number): string {
	return Number.isNaN(time) ? 'unknown' : new Date(time).toISOString().slice(0, 10);
}

function seconds(took: number): string {
	return took < 1_000 ? `${Math.round(took)} ms` : `${(took / 1_000).toFixed(1)} s`;
}

const meanings: Readonly<Record<string, string>> = {
	ENOTFOUND: 'no such name',
	EAI_AGAIN: 'the name server does not answer',
	ECONNREFUSED: 'refused',
	ECONNRESET: 'cut off',
	ETIMEDOUT: 'nothing came back',
	EHOSTUNREACH: 'no route to host',
	ENETUNREACH: 'network is unreachable',
	EPROXY: 'the proxy made no connection',
	ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS: the answer is in plain text',
	ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no TLS: the answer is in plain text',
};

/** The code, and what it says. */
function words(code: string): string {
	return meanings[code] === undefined ? code : `${meanings[code]} (${code})`;
}
