/** Kubelets that metrics-server cannot connect to, or that do not answer in time. */
import { type Cause, likely, ruledOut, undecided, type Verdict } from '../cause.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import { scrapeFailures } from '../evidence/scrape-log.ts';
import { kubelet401Causes } from './kubelet-tokens.ts';
import {
	byLog,
	kubeletsAnswer,
	logged,
	ofScraping,
	othersThan,
	runsWith,
	runsWithout,
	scraped,
	scrapeSymptom,
} from './scraped-kubelets.ts';

export const kubeletConnectionCauses: readonly Cause[] = [
	logged(
		'kubelet-addr-hostname-dns',
		/lookup \S+.*: no such host/,
		'"Failed to scrape node" err="Get \\"https://n05:10250/metrics/resource\\": dial tcp: lookup n05 on 10.96.0.10:53: no such host" node="n05"',
		{ unless: runsWith(/^--kubelet-preferred-address-types=(?:Internal|External)IP/) },
	),
	logged(
		'ms-dns-broken',
		/lookup \S+.*: (?:read udp .*)?(?:i\/o timeout|server misbehaving)/,
		'"Failed to scrape node" err="Get \\"https://n05:10250/metrics/resource\\": dial tcp: lookup n05 on 10.96.0.10:53: server misbehaving" node="n05"',
		{ unless: runsWith(/^--kubelet-preferred-address-types=(?:Internal|External)IP/) },
	),
	logged(
		'node-no-address',
		/no address matche[sd] types|had no addresses that matched types/,
		'"Failed to scrape node" err="unable to extract connection information for node \\"n05\\": node n05 has no address matches types [InternalIP ExternalIP Hostname]" node="n05"',
		{ unless: everyNodeHasAddress },
	),
	logged(
		'kubelet-port-10255',
		/:10255\b.*connection refused/,
		'"Failed to scrape node" err="Get \\"http://10.0.0.5:10255/metrics/resource\\": dial tcp 10.0.0.5:10255: connect: connection refused" node="n05"',
		{
			unless: runsWithout(/10255/),
			fromHere: ({ readOnlyCode }, evidence) => readOnlyCode === 'ECONNREFUSED' && runsWith(/10255/)(evidence),
		},
	),
	logged(
		'kubelet-conn-refused-10250',
		/connect: connection refused/,
		`"${scraped}dial tcp 10.0.0.5:10250: connect: connection refused" node="n05"`,
		{
			except: /:10255\b/,
			// One that answers the API server listens, and refuses only this machine.
			fromHere: ({ code }, evidence) => code === 'ECONNREFUSED' && !kubeletsAnswer(evidence),
		},
	),
	logged(
		'kubelet-http-on-https',
		/server gave HTTP response to HTTPS client/,
		'"Failed to scrape node" err="Get \\"https://10.0.0.5:10255/metrics/resource\\": http: server gave HTTP response to HTTPS client" node="n05"',
		{ unless: runsWithout(/10255/) },
	),
	{
		id: 'kubelet-timeout',
		...ofScraping,
		needs: ['log', 'nodes', 'kubelets'],
		rulesOut: othersThan('kubelet-timeout'),
		symptoms: scrapeSymptom(
			/(?:dial tcp .*i\/o timeout|timeout to access kubelet|context deadline exceeded)/,
			`"${scraped}dial tcp 10.0.0.5:10250: i/o timeout" node="n05"`,
		),
		judge: (evidence) => judgeSilence(evidence, 'packets'),
	},
	{
		id: 'kubelet-slow',
		...ofScraping,
		needs: ['log', 'nodes', 'kubelets'],
		rulesOut: othersThan('kubelet-slow'),
		symptoms: scrapeSymptom(
			/context deadline exceeded|Client\.Timeout exceeded while awaiting headers/,
			`"${scraped}context deadline exceeded (Client.Timeout exceeded while awaiting headers)" node="n05"`,
		),
		judge: (evidence) => judgeSilence(evidence, 'slow'),
	},
	logged(
		'kubelet-no-route',
		/no route to host|network is unreachable/,
		`"${scraped}dial tcp 10.0.0.5:10250: connect: no route to host" node="n05"`,
	),
	...kubelet401Causes,
];

const silence = /i\/o timeout|context deadline exceeded|Client\.Timeout|timeout to access kubelet/;
const dialled = /dial tcp [^ ]+: i\/o timeout/;
/** ms. What takes longer than this would be late for metrics-server too. */
const long = 5_000;

/**
 * No answer in time is one text for two things: packets that are dropped, and a kubelet that is slow. A dial that timed
 * out is the first; else it is told by how long the kubelet takes when the API server asks it.
 */
function judgeSilence(evidence: Evidence, kind: 'packets' | 'slow'): Verdict {
	const verdict = byLog(evidence, ({ tail: words }) => silence.test(words) && !/lookup /.test(words));
	if (verdict.verdict !== 'proved') {
		return verdict;
	}
	const silent = scrapeFailures(evidence).filter(({ tail: words }) => silence.test(words));
	if (silent.some(({ tail: words }) => dialled.test(words))) {
		return kind === 'packets' ? verdict : ruledOut;
	}
	const kubelet = factsOf(evidence, 'kubelets')?.find(({ node }) => verdict.subjects.includes(`node/${node}`));
	const quick = kubelet?.status === 200 && kubelet.took < long;
	// An error that comes at once is the API server's own: it could not ask.
	if (kubelet === undefined || (!quick && kubelet.took < long)) {
		return kind === 'packets' ? likely(verdict) : undecided('kubelets');
	}
	return quick === (kind === 'packets')
		? {
				...verdict,
				because: [
					...verdict.because,
					{
						request: kubelet.request,
						status: kubelet.status,
						quote: `${quick ? 'answered' : 'took'} ${(kubelet.took / 1_000).toFixed(1)} s when the API server asked`,
					},
				],
			}
		: ruledOut;
}

function everyNodeHasAddress(evidence: Evidence): boolean {
	const nodes = factsOf(evidence, 'nodes') ?? [];
	return (
		nodes.length > 0 &&
		nodes.every(({ addresses }) => addresses.some(({ type }) => /^(?:Internal|External)IP$/.test(type)))
	);
}
