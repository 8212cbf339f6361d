/** `whytop doctor -o json`, as someone at the command line runs it. */
import { execFile } from 'node:child_process';
import type { Report } from '../../../source/commands/doctor/report.ts';
import { stateFolder } from '../rig.ts';

export interface Patient {
	/** One of the cluster's kubeconfigs. */
	user?: string;
	/** After `doctor`. */
	words?: readonly string[];
}

export function examine({ user = 'admin', words = [] }: Patient): Promise<Report> {
	const environment = { ...process.env, KUBECONFIG: `${stateFolder}/kubeconfigs/${user}.yaml` };
	return new Promise((resolve, reject) => {
		execFile(
			process.execPath,
			['bin/whytop.js', 'doctor', ...words, '-o', 'json'],
			{ env: environment, maxBuffer: 16_000_000 },
			// It ends with 1 where it finds something.
			(error, stdout, stderr) => {
				if (stdout === '') {
					reject(new Error(`the doctor said nothing: ${stderr || String(error)}`));
				} else {
					resolve(JSON.parse(stdout));
				}
			},
		);
	});
}

/** What is always true of the cluster's own pods: some restart, and one that just came is young. */
const everyday: ReadonlySet<string> = new Set(['container-restarting', 'pod-too-young']);

/** The findings in one line; those of the cluster's everyday life are left out where it was not asked about one thing. */
export function verdictOf({ findings, patient }: Report): string {
	return findings
		.filter(({ id, severity }) => patient !== 'cluster' || severity !== 'info' || !everyday.has(id))
		.map(({ candidates, certainty, id }) =>
			certainty === 'open'
				? `${id}: one of ${candidates.map((one) => one.id).join(', ')}`
				: certainty === 'likely'
					? `${id}, probably`
					: id,
		)
		.join(' + ');
}
