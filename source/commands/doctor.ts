import { text as streamText } from 'node:stream/consumers';
import { causes } from '../diagnose/causes.ts';
import type { Patient } from '../diagnose/evidence/evidence.ts';
import { examine } from '../diagnose/examine.ts';
import { findingsOf } from '../diagnose/of-patient.ts';
import { probes } from '../diagnose/probes.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { KubeClient } from '../kube/client.ts';
import { connect } from '../kube/connect.ts';
import { doctorText } from '../messages/en/doctor.ts';
import { subjectNotUnderstood } from '../messages/en/subject.ts';
import { parseSubject } from '../model/subject.ts';
import { type CommandContext, UsageError } from './command.ts';
import { namespaceOf, timeOf } from './connection.ts';
import { debugging } from './debugging.ts';
import { catalogueLines, causeLines } from './doctor/catalogue.ts';
import { NameHider } from './doctor/hide-names.ts';
import { noSuchPatient } from './doctor/no-such.ts';
import { meaningLines, meaningsOf } from './doctor/pasted.ts';
import { ProgressLines } from './doctor/progress.ts';
import { isUnknown, type Report, reportOf } from './doctor/report.ts';
import { reportLines } from './doctor/report-lines.ts';
import { withCluster } from './with-cluster.ts';

const outputs = ['text', 'json', 'yaml'] as const;
type Output = (typeof outputs)[number];

const defaultTimeLimit = 30_000;
const defaultWidth = 100;

/** `whytop doctor`: why kubectl top fails, with the proof and what to do. */
export async function doctor(context: CommandContext): Promise<ExitCode> {
	const { out, strings, switches } = context;
	const output = outputOf(context);
	const width = Math.min(process.stdout.columns ?? defaultWidth, 120);
	if (switches['list'] === true) {
		out(`${catalogueLines(width).join('\n').trimEnd()}\n`);
		return exitCodes.ok;
	}
	const { explain, text } = strings;
	if (explain !== undefined) {
		out(`${causeLines(explain, width).join('\n')}\n`);
		return exitCodes.ok;
	}
	if (text !== undefined) {
		return judgeText(text === '-' ? await streamText(process.stdin) : text, output, width, out);
	}
	const timeout = strings['timeout'];
	const timeLimit = timeout === undefined ? defaultTimeLimit : timeOf('--timeout', timeout);
	return withCluster(context, async (connection) => {
		let client: Promise<KubeClient> | undefined;
		const reach = () => {
			client ??= connect(connection, context.environment, debugging(context));
			return client;
		};
		try {
			const reached = await reach().catch(() => null);
			const patient = patientOf(context, reached?.target.namespace ?? 'default');
			const progress = progressOf(context, output);
			const examination = await examine({
				probes,
				causes,
				patient,
				namespace: 'namespace' in patient ? patient.namespace : (namespaceOf(context) ?? null),
				probesKubelets: switches['kubeletPorts'] === true,
				timeLimit,
				reach,
				settings: { flags: connection, environment: context.environment, isMadeUp: switches['demo'] === true },
				now: () => reached?.serverTime() ?? Date.now(),
				...(progress === null ? {} : { onProgress: (step) => progress.show(step) }),
			});
			const noSuch = await noSuchPatient(examination.evidence, reach);
			if (noSuch !== null) {
				context.error(`error: ${noSuch}\n`);
				return exitCodes.failed;
			}
			const report = reportOf({
				examination,
				probes,
				target: reached?.target ?? null,
				diagnoses: findingsOf(examination),
				patient: patient.kind === 'cluster' ? 'cluster' : (context.words[0] ?? ''),
				requests: reached?.cost.requests ?? 0,
			});
			await write(switches['redact'] === true ? new NameHider(examination).hide(report) : report, output, width, out);
			return report.healthy ? exitCodes.ok : isUnknown(report) ? exitCodes.couldNotRun : exitCodes.failed;
		} finally {
			(await client?.catch(() => null))?.close();
		}
	});
}

function outputOf({ strings }: CommandContext): Output {
	const asked = strings['output'] ?? 'text';
	const output = outputs.find((known) => known === asked);
	if (output === undefined) {
		throw new UsageError(`--output of doctor is one of ${outputs.join(', ')}, and "${asked}" is none of them`);
	}
	return output;
}

function patientOf({ strings, words }: CommandContext, namespace: string): Patient {
	const [text, ...more] = words;
	if (text === undefined) {
		return { kind: 'cluster' };
	}
	if (more.length > 0) {
		throw new UsageError(doctorText.patients);
	}
	const autoscaler = /^(?:hpa|horizontalpodautoscalers?)\/(?:([^/]+)\/)?([^/]+)$/.exec(text);
	if (autoscaler?.[2] !== undefined) {
		return { kind: 'hpa', namespace: autoscaler[1] ?? strings['namespace'] ?? namespace, name: autoscaler[2] };
	}
	const subject = parseSubject(text, strings['namespace'] ?? namespace);
	if (typeof subject === 'string') {
		throw new UsageError(subjectNotUnderstood(text, subject));
	}
	switch (subject.kind) {
		case 'node':
			return { kind: 'node', name: subject.name };
		case 'pod':
			return { kind: 'pod', namespace: subject.namespace, name: subject.name };
		default:
			throw new UsageError(doctorText.patients);
	}
}

/** Lines of progress go beside the report, so that this can be piped. */
function progressOf({ error }: CommandContext, output: Output): ProgressLines | null {
	const isTerminal = process.stderr.isTTY === true;
	return output === 'text' || isTerminal
		? new ProgressLines(error, isTerminal, process.stderr.columns ?? defaultWidth)
		: null;
}

async function judgeText(
	pasted: string,
	output: Output,
	width: number,
	out: (text: string) => void,
): Promise<ExitCode> {
	if (pasted.trim() === '') {
		throw new UsageError(doctorText.nothingPasted);
	}
	const meanings = meaningsOf(pasted);
	if (output === 'text') {
		out(`${meaningLines(meanings, width).join('\n')}\n`);
	} else {
		await writeData({ apiVersion: 'whytop/v1', kind: 'Meanings', ...meanings }, output, out);
	}
	return meanings.meanings.length > 0 ? exitCodes.failed : exitCodes.ok;
}

async function write(report: Report, output: Output, width: number, out: (text: string) => void): Promise<void> {
	if (output === 'text') {
		out(`${reportLines(report, width).join('\n').trimEnd()}\n`);
	} else {
		await writeData(report, output, out);
	}
}

async function writeData(data: object, output: Exclude<Output, 'text'>, out: (text: string) => void): Promise<void> {
	out(
		output === 'json'
			? `${JSON.stringify(data, null, 2)}\n`
			: (await import('./top/yaml.ts')).yaml(JSON.parse(JSON.stringify(data))),
	);
}
