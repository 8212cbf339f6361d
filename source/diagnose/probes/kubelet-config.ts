import { flagField, objectField, parseJson, textField } from '../../sources/json/fields.ts';
import { emptyReply } from '../evidence/answer.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import { unexplainedPods } from '../evidence/missing.ts';
import { scrapeFailures } from '../evidence/scrape-log.ts';
import type { KubeletConfigFacts } from '../evidence/scraping.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';

const most = 2;

/** A13: how a kubelet is set up, where it refuses metrics-server or reports no container. */
export const kubeletConfigProbe: Probe<'kubelet-config'> = {
	id: 'kubelet-config',
	step: 'kubelets',
	cost: most,
	needs: 'get nodes/proxy',
	sensitive: true,
	timeLimit: 6_000,
	after: ['kubelets'],
	when: (evidence) => nodesToRead(evidence).length > 0,
	async ask(context, evidence) {
		const facts: KubeletConfigFacts[] = [];
		let last = { ...emptyReply };
		for (const node of nodesToRead(evidence)) {
			const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/configz`;
			const { value, ...reply } = await ask(context, path, ({ body }) => readConfig(node, body));
			last = { ...reply, body: '' };
			if (value !== null) {
				facts.push({ ...value, request: reply.request });
			}
		}
		return { ...last, value: facts.length === 0 ? null : facts };
	},
};

function nodesToRead(evidence: Evidence): readonly string[] {
	const refusing = scrapeFailures(evidence)
		.filter(({ tail }) => /401 Unauthorized|403 Forbidden/.test(tail))
		.map(({ node }) => node);
	const lacking = new Set(unexplainedPods(evidence).map(({ node }) => node));
	const withoutContainers = (factsOf(evidence, 'kubelets') ?? [])
		.filter(({ containers, node, status }) => status === 200 && containers.length === 0 && lacking.has(node))
		.map(({ node }) => node);
	return [...new Set([...refusing, ...withoutContainers])].slice(0, most);
}

function readConfig(node: string, body: Buffer): KubeletConfigFacts {
	const config = objectField(parseJson(body), 'kubeletconfig');
	const authentication = objectField(config, 'authentication');
	const gates = objectField(config, 'featureGates');
	return {
		node,
		request: '',
		asksForTokens: flagField(objectField(authentication, 'webhook'), 'enabled'),
		letsAnyoneIn: flagField(objectField(authentication, 'anonymous'), 'enabled'),
		authorization: textField(objectField(config, 'authorization'), 'mode'),
		statsFromRuntime: gates['PodAndContainerStatsFromCRI'] === true,
	};
}
