/** What the texts about kubelets share. */
import { type Facts, type Fix, things, word } from './cause-text.ts';

export const theKubelet = (facts: Facts): string =>
	word(facts, 'names') === '' ? 'a kubelet' : `the kubelet of ${things(facts, 'node')}`;
export const address = (facts: Facts): string => word(facts, 'address', 'the node’s address');
export const port = (facts: Facts): string => word(facts, 'port', '10250');

export const seeLog: Fix = {
	say: 'See what metrics-server says of it:',
	run: ['kubectl -n kube-system logs deployment/metrics-server --tail=100'],
};

export const scrapeClient = 'metrics-server, pkg/scraper/client/resource/client.go';
