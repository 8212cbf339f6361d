/**
 * Which causes people meet most, by what is asked and reported in public: the order of a set whose members nothing tells
 * apart. It is a judgement, not a count, and decides nothing.
 */
const oftenMet: readonly string[] = [
	'api-group-absent',
	'apiservice-missing-endpoints',
	'kubelet-cert-no-ip-san',
	'kubelet-cert-unknown-ca',
	'kubelet-serving-csr-pending',
	'network-blocked-apiserver-to-ms',
	'apiservice-stale-after-uninstall',
	'ms-pod-not-listening',
	'kubelet-timeout',
	'kubelet-conn-refused-10250',
	'kubelet-401',
	'kubelet-403-metrics',
	'konnectivity-down',
	'apiserver-no-clusterip-route',
];

/** The most often met first, the others in the order of the catalogue. */
export function byHowOften(ids: readonly string[]): readonly string[] {
	const rank = (id: string): number => (oftenMet.includes(id) ? oftenMet.indexOf(id) : oftenMet.length);
	return ids.toSorted((one, other) => rank(one) - rank(other));
}
