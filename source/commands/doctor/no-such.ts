/** What was asked about is not there: says so, and what may have been meant. */
import { answerOf, type Evidence, factsOf } from '../../diagnose/evidence/evidence.ts';
import type { KubeClient } from '../../kube/client.ts';
import { noSuchSubject } from '../../messages/en/doctor/no-such.ts';
import { objectField, objectsField, parseJson, textField } from '../../sources/json/fields.ts';
import { nearestNames } from '../nearest-names.ts';

/** A sentence, or null where it is there or nobody could tell. Asks once more, for things of other namespaces. */
export async function noSuchPatient(evidence: Evidence, reach: () => Promise<KubeClient>): Promise<string | null> {
	const { patient } = evidence;
	switch (patient.kind) {
		case 'node': {
			const nodes = factsOf(evidence, 'nodes');
			// One that was removed while metrics-server still has its numbers is a finding.
			const isKnown = factsOf(evidence, 'metrics-nodes')?.samples.has(patient.name) === true;
			if (nodes === null || isKnown || nodes.some(({ name }) => name === patient.name)) {
				return null;
			}
			const near = nearestNames(
				patient.name,
				nodes.map(({ name }) => name),
			);
			return noSuchSubject({ kind: 'node', name: patient.name, near: near.map((name) => `node/${name}`) });
		}
		case 'pod': {
			const pods = factsOf(evidence, 'pods');
			if (pods === null || pods.some(({ name }) => name === patient.name)) {
				return null;
			}
			return sentence(
				patient,
				pods.map(({ name }) => name),
				'/api/v1/pods',
				reach,
			);
		}
		case 'hpa': {
			if (answerOf(evidence, 'autoscaler').status !== 404) {
				return null;
			}
			const group = '/apis/autoscaling/v2';
			const own = await list(reach, `${group}/namespaces/${patient.namespace}/horizontalpodautoscalers`);
			return sentence(
				patient,
				own.map(({ name }) => name),
				`${group}/horizontalpodautoscalers`,
				reach,
			);
		}
		default:
			return null;
	}
}

interface Named {
	namespace: string;
	name: string;
}

async function sentence(
	{ kind, name, namespace }: Named & { kind: 'pod' | 'hpa' },
	names: readonly string[],
	everywhere: string,
	reach: () => Promise<KubeClient>,
): Promise<string> {
	const elsewhere = await list(reach, everywhere, { fieldSelector: `metadata.name=${name}` });
	const near = [
		...elsewhere.map((other) => `${kind}/${other.namespace}/${other.name}`),
		...nearestNames(name, names).map((other) => `${kind}/${namespace}/${other}`),
	];
	return noSuchSubject({ kind, name, namespace, near });
}

/** Nothing where this user may not list them: then nothing is suggested. */
async function list(
	reach: () => Promise<KubeClient>,
	path: string,
	query: Record<string, string> = {},
): Promise<readonly Named[]> {
	try {
		const { body } = await (await reach()).read(path, { query, retries: 0, signal: AbortSignal.timeout(4_000) });
		return [...objectsField(parseJson(body), 'items')].map((object) => {
			const metadata = objectField(object, 'metadata');
			return { namespace: textField(metadata, 'namespace'), name: textField(metadata, 'name') };
		});
	} catch {
		return [];
	}
}
