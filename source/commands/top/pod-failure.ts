/** What `top pods` says when there are no samples of pods. */
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/errors.ts';
import { noSample } from '../../messages/en/no-sample.ts';
import * as text from '../../messages/en/top.ts';
import type { NoSampleCode } from '../../model/usage.ts';
import { type SampleContext, whyNoPodSample } from './evidence.ts';
import { adviceOf, metricsFailure, TopFailure } from './failure.ts';
import { goDuration } from './go-duration.ts';
import { type Pod, readPods } from './read-objects.ts';
import { readNodeSamples } from './read-samples.ts';
import type { PodScope } from './request.ts';

const resource = 'pods.metrics.k8s.io';

/** kubectl blames the API, not the age of a pod, up to here (`metricsCreationDelay` in kubectl's top_pod.go). */
const metricsCreationDelay = 2 * 60_000;

/** The request for samples of pods failed. */
export async function podSamplesFailure(error: unknown, client: KubeClient, scope: PodScope): Promise<unknown> {
	const { name, namespace } = scope;
	const failure = await metricsFailure(error, client, { resource, name, namespace });
	if (!(failure instanceof TopFailure) || failure.advice !== text.noAdvice || !(error instanceof KubeError)) {
		return failure;
	}
	if (error.status !== 404 || name === '') {
		return failure;
	}
	return new TopFailure(
		failure.message,
		namespace === '' ? text.nameNeedsNamespace : await whyNotFound(client, scope),
		failure.code,
	);
}

async function whyNotFound(client: KubeClient, scope: PodScope): Promise<text.Advice> {
	const { name, namespace } = scope;
	try {
		const [pod] = await readPods(client, scope);
		return pod === undefined
			? text.noSuchPod(name, namespace)
			: text.podWithoutSample(name, namespace, noSample[whyNoPodSample(pod, contextOf(client))].sentence);
	} catch (error) {
		return error instanceof KubeError && error.status === 404 ? text.noSuchPod(name, namespace) : text.noAdvice;
	}
}

function contextOf(client: KubeClient): SampleContext {
	return { metrics: 'answering', serverTime: client.serverTime(), window: Number.NaN, sampledNodes: null };
}

/**
 * The list of samples is empty, and these pods match. kubectl's line comes from the first pod that is older than two
 * minutes, whether it runs or not, and with -A from the current namespace alone (top_pod.go).
 */
export async function emptyPodsFailure(
	client: KubeClient,
	{ current, namespace }: PodScope,
	pods: readonly Pod[],
): Promise<TopFailure> {
	const seen = pods.filter((pod) => pod.namespace === current);
	const now = client.serverTime();
	const old = seen.find(({ createdAt }) => now - createdAt > metricsCreationDelay);
	const line =
		old === undefined
			? seen.length > 0
				? text.notAvailableYet
				: text.noResources(namespace)
			: text.notAvailableForPod(old.namespace, old.name, goDuration(now - old.createdAt));
	const advice = await whyAllEmpty(client, pods, namespace);
	return new TopFailure(
		line,
		seen.length > 0 ? advice : { ...advice, means: `${text.kubectlLookedIn(current)}\n${advice.means}` },
	);
}

async function whyAllEmpty(client: KubeClient, pods: readonly Pod[], namespace: string): Promise<text.Advice> {
	const context = contextOf(client);
	const names = new Map<NoSampleCode, string[]>();
	for (const pod of pods) {
		const code = whyNoPodSample(pod, context);
		const group = names.get(code) ?? [];
		group.push(namespace === '' ? `${pod.namespace}/${pod.name}` : pod.name);
		names.set(code, group);
	}
	if (names.has('one-container-lacks-sample') && (await nothingIsSampled(client))) {
		return adviceOf('metrics-empty', { resource, name: '', namespace });
	}
	const groups = [...names].map(([code, group]) => ({ names: group, sentence: noSample[code].sentence }));
	return text.podsWithoutSamples(groups, namespace);
}

/** Whether the metrics API has no sample of a node either; false if that cannot be asked. */
async function nothingIsSampled(client: KubeClient): Promise<boolean> {
	try {
		return (await readNodeSamples(client, { name: '', labelSelector: '' })).length === 0;
	} catch (error) {
		if (error instanceof KubeError) {
			return false;
		}
		throw error;
	}
}
