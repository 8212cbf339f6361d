/**
 * The API server refuses who we say we are, or does not hear it. Its 401 has the same words for everything that can be
 * wrong with a credential: what it is, the dates in the credential tell, by the server's own clock.
 */
import type { Finding } from '../../model/finding.ts';
import { type Cause, likely, proved, ruledOut, undecided, type Verdict } from '../cause.ts';
import type { Answer } from '../evidence/answer.ts';
import type { CredentialFacts } from '../evidence/credentials.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { asksForUsername, forbiddenUnknown, symptom, unauthorizedByServer, unauthorizedStatus } from '../symptom.ts';
import { factsForCommands, onThisMachine } from './on-this-machine.ts';

const unauthorized = [unauthorizedByServer, unauthorizedStatus] as const;

const ofCredentials: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal'> = {
	family: 'client',
	severity: 'error',
	explains: ['no-connection', 'no-api'],
	terminal: true,
};

/** Ids that the connection gives to a refused credential, whose dates it has judged by this machine's clock. */
const refusals: ReadonlySet<string> = new Set([
	'client-cert-expired',
	'token-expired-or-revoked',
	'credentials-wrong-cluster',
	'clock-skew-client',
]);

/** Who issues the credential refused to, or the server refused it: by 401, or already in the handshake. */
function refusalOf(evidence: Evidence): Answer<unknown> | null {
	return (
		[answerOf(evidence, 'plugin'), answerOf(evidence, 'version')].find(({ errorId }) => refusals.has(errorId)) ?? null
	);
}

/** What the dates of a credential say, by the server's clock. */
type Dates = 'expired' | 'early' | 'good' | 'unknown';

function datesOf(evidence: Evidence, { from, until }: { from: number; until: number }): Dates {
	return until < evidence.now ? 'expired' : from > evidence.now ? 'early' : Number.isNaN(until) ? 'unknown' : 'good';
}

function factsFor(evidence: Evidence, { error, status }: Answer<unknown>, more: Finding['facts'] = {}) {
	return { error, status, ...factsForCommands(evidence), ...more };
}

/** A date as a fact: ISO, to the second. */
function day(time: number): string {
	return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

function seenDates(evidence: Evidence, quote: string) {
	return seen(answerOf(evidence, 'credentials'), quote);
}

/** Judges a refusal by the credential that was presented. */
function judgeRefusal(
	evidence: Evidence,
	judge: (refusal: Answer<unknown>, credentials: CredentialFacts | null) => Verdict,
): Verdict {
	const refusal = refusalOf(evidence);
	return refusal === null ? ruledOut : judge(refusal, factsOf(evidence, 'credentials'));
}

/** More than this is no matter of a network that is slow. */
const largestSkew = 60_000;

function secondsOf(ahead: number | undefined): Record<string, number> {
	return ahead === undefined || Number.isNaN(ahead) ? {} : { seconds: Math.round(ahead / 1_000) };
}

/** How far this machine's clock is ahead of the server's, in words. */
function quoteOf(ahead: number): string {
	const seconds = Math.round(Math.abs(ahead) / 1_000);
	return `this machine's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the server's`;
}

export const credentialCauses: readonly Cause[] = [
	{
		id: 'client-cert-expired',
		...ofCredentials,
		needs: ['version', 'credentials'],
		rulesOut: ['token-expired-or-revoked', 'credentials-wrong-cluster'],
		symptoms: unauthorized,
		judge: (evidence) =>
			judgeRefusal(evidence, (refusal, credentials) => {
				const certificate = credentials?.certificate;
				if (certificate && datesOf(evidence, certificate) === 'expired') {
					return proved(factsFor(evidence, refusal, { until: day(certificate.until) }), [
						seen(refusal),
						seenDates(evidence, `client certificate: notAfter ${day(certificate.until)}`),
					]);
				}
				return refusal.errorId === 'client-cert-expired' && !certificate
					? proved(factsFor(evidence, refusal), [seen(refusal)])
					: ruledOut;
			}),
	},
	{
		id: 'token-expired-or-revoked',
		...ofCredentials,
		needs: ['version', 'credentials'],
		rulesOut: ['client-cert-expired'],
		symptoms: unauthorized,
		judge: (evidence) =>
			judgeRefusal(evidence, (refusal, credentials) => {
				const token = credentials?.token;
				if (token && datesOf(evidence, token) === 'expired') {
					return proved(factsFor(evidence, refusal, { until: day(token.until), issuer: token.issuer }), [
						seen(refusal),
						seenDates(evidence, `token: exp ${day(token.until)}`),
					]);
				}
				if (refusal === answerOf(evidence, 'plugin')) {
					return proved(factsFor(evidence, refusal), [seen(refusal)]);
				}
				if (refusal.errorId === 'client-cert-expired' || (token && datesOf(evidence, token) === 'early')) {
					return ruledOut;
				}
				const onlyCertificate = credentials !== null && credentials.kinds.join() === 'client-certificate';
				return onlyCertificate || credentials?.kinds.length === 0
					? ruledOut
					: likely(proved(factsFor(evidence, refusal, { issuer: token?.issuer ?? '' }), [seen(refusal)]));
			}),
	},
	{
		id: 'credentials-wrong-cluster',
		...ofCredentials,
		needs: ['version', 'credentials'],
		rulesOut: ['client-cert-expired'],
		symptoms: unauthorized,
		judge: (evidence) =>
			judgeRefusal(evidence, (refusal, credentials) => {
				const certificate = credentials?.certificate;
				if (certificate && credentials.kinds.length === 1) {
					// Nobody can withdraw a client certificate: one whose dates are good was signed by another authority.
					return datesOf(evidence, certificate) === 'good'
						? likely(
								proved(factsFor(evidence, refusal, { issuer: certificate.issuer }), [
									seen(refusal),
									seenDates(
										evidence,
										`client certificate: good until ${day(certificate.until)}, issued by ${certificate.issuer}`,
									),
								]),
							)
						: ruledOut;
				}
				const dates = credentials?.token ? datesOf(evidence, credentials.token) : 'unknown';
				return dates === 'good' || (dates === 'unknown' && credentials?.kinds.length !== 0)
					? undecided('credentials')
					: ruledOut;
			}),
	},
	{
		id: 'anonymous-identity',
		...ofCredentials,
		explains: ['no-api', 'forbidden'],
		needs: ['version', 'credentials'],
		entails: ['rbac-metrics-nodes', 'rbac-metrics-pods-ns', 'rbac-core-nodes', 'rbac-discovery-removed'],
		rulesOut: ['api-group-absent'],
		symptoms: [
			symptom(
				'kubectl, of every command',
				/User "system:anonymous" cannot/,
				'Error from server (Forbidden): nodes is forbidden: User "system:anonymous" cannot list resource "nodes" in API group "" at the cluster scope',
			),
			asksForUsername,
			forbiddenUnknown,
			symptom('kubectl up to 1.26', /metrics api not available/i, 'error: Metrics API not available'),
		],
		judge(evidence) {
			const credentials = factsOf(evidence, 'credentials');
			const presents = credentials?.kinds.join(', ') ?? '';
			const because = credentials?.kinds.length === 0 ? [seenDates(evidence, 'no credentials in the entry')] : [];
			const answers = (
				['version', 'discovery', 'metrics-group', 'metrics-version', 'metrics-nodes', 'metrics-pods'] as const
			).map((id) => answerOf(evidence, id));
			const nobody = answers.find(
				({ errorId, outcome, value }) => value === null && outcome === 'forbidden' && errorId === 'anonymous-identity',
			);
			if (nobody !== undefined) {
				return proved(factsFor(evidence, nobody, { presents }), [seen(nobody), ...because]);
			}
			const refusal = refusalOf(evidence);
			return refusal !== null && credentials?.kinds.length === 0
				? proved(factsFor(evidence, refusal, { presents }), [seen(refusal), ...because])
				: ruledOut;
		},
	},
	onThisMachine('impersonation-forbidden', [
		symptom(
			'kubectl, of what is asked without discovery first',
			/cannot impersonate resource/,
			'Error from server (Forbidden): users "ops" is forbidden: User "jane" cannot impersonate resource "users" in API group "" at the cluster scope',
		),
		forbiddenUnknown,
	]),
	{
		id: 'clock-skew-client',
		...ofCredentials,
		needs: ['version', 'credentials', 'clock'],
		rulesOut: ['client-cert-expired', 'token-expired-or-revoked'],
		symptoms: [
			symptom(
				'kubectl, of a machine whose clock is behind',
				/x509: certificate has expired or is not yet valid: current time \S+ is before/,
				'Unable to connect to the server: tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:00Z is before 2026-11-01T00:00:00Z',
			),
			unauthorizedByServer,
		],
		judge(evidence) {
			const clock = factsOf(evidence, 'clock');
			const refusal = refusalOf(evidence);
			const credentials = factsOf(evidence, 'credentials');
			const early = [credentials?.token, credentials?.certificate].find(
				(dates) => dates && datesOf(evidence, dates) === 'early',
			);
			const skewed = clock !== null && Math.abs(clock.ahead) > largestSkew;
			const seenClock = skewed ? [seen(answerOf(evidence, 'clock'), quoteOf(clock.ahead))] : [];
			if (refusal !== null && early) {
				return proved(factsFor(evidence, refusal, { from: day(early.from), ...secondsOf(clock?.ahead) }), [
					seen(refusal),
					seenDates(evidence, `valid only from ${day(early.from)} on`),
					...seenClock,
				]);
			}
			if (refusal !== null && refusal.errorId === 'clock-skew-client' && credentials === null) {
				return proved(factsFor(evidence, refusal, secondsOf(clock?.ahead)), [seen(refusal), ...seenClock]);
			}
			const version = answerOf(evidence, 'version');
			if (version.code === 'CERT_NOT_YET_VALID') {
				return likely(proved(factsFor(evidence, version), [seen(version, version.error.split('\n')[0] ?? '')]));
			}
			return skewed && refusal === null ? proved(secondsOf(clock.ahead), seenClock, 'warning') : ruledOut;
		},
	},
];
