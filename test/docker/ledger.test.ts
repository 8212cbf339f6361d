/** The ledger of each workload, made as `whytop explain docker/NAME` makes it: it closes, and its reasons are true. */
import { describe, test } from 'node:test';
import { makeLedger } from '../../source/explain/ledger.ts';
import { gatherSubject } from '../../source/gather/subject.ts';
import { checkWorkload } from '../explain/workloads.ts';
import { programs, rigClient, settled, workloads } from './rig.ts';

const skip = programs.length === 0 && 'npm run test:docker starts an engine';

function noCluster(): never {
	throw new Error('a container of an engine needs no cluster');
}

const thisMachine = async () => ({ root: '/', environment: process.env });

describe('ledgers of containers of a real engine', { concurrency: true, skip }, () => {
	for (const workload of workloads) {
		const [name] = workload;
		test(`${name}: its ledger closes, and says what is true of it`, async (t) => {
			await settled(rigClient(), workload);
			const { kind, previous, readings, versions } = await gatherSubject(
				{ kind: 'docker', name },
				{ machine: thisMachine, connect: noCluster, connectKubelet: noCluster, kubelet: '' },
			);
			checkWorkload(name, makeLedger(`docker/${name}`, kind, readings, versions, previous), readings, t);
		});
	}
});
