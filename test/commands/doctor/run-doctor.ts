import type { TestContext } from 'node:test';
import type { CommandContext } from '../../../source/commands/command.ts';
import type { Report } from '../../../source/commands/doctor/report.ts';
import { doctor } from '../../../source/commands/doctor.ts';
import type { DemoOptions } from '../../../source/demo/options.ts';
import { serveDemo } from '../../../source/demo/serve.ts';

export interface Outcome {
	code: number;
	out: string;
	error: string;
}

/** Runs the command in process, with these flags. */
export async function runDoctor(given: Partial<CommandContext>): Promise<Outcome> {
	const outcome: Outcome = { code: Number.NaN, out: '', error: '' };
	outcome.code = await doctor({
		program: 'whytop',
		words: [],
		strings: {},
		numbers: {},
		lists: {},
		switches: {},
		connection: {},
		environment: { KUBECONFIG: '/dev/null', PATH: process.env['PATH'] },
		out: (text) => {
			outcome.out += text;
		},
		error: (text) => {
			outcome.error += text;
		},
		...given,
	});
	return outcome;
}

/** A demo cluster with these faults, closed after the test; gives the kubeconfig of its user. */
export async function cluster(test: TestContext, options: Partial<DemoOptions> = {}): Promise<string> {
	const demo = await serveDemo({ nodes: 5, pods: 40, ...options });
	test.after(() => demo.close());
	return demo.kubeconfig;
}

/** The report about a demo cluster with these faults. */
export async function reportOn(
	test: TestContext,
	faults: readonly string[],
	given: Partial<CommandContext> = {},
): Promise<{ code: number; report: Report }> {
	const kubeconfig = await cluster(test, { faults });
	const { strings, ...more } = given;
	const { code, out } = await runDoctor({
		connection: { kubeconfig },
		strings: { output: 'json', ...strings },
		...more,
	});
	return { code, report: JSON.parse(out) as Report };
}
