/**
 * Every flag of the command line as data: the parser, the help and the README's table are made from it. kubectl's flags
 * have kubectl's names, letters and meaning.
 */
export type FlagGroup = 'cluster' | 'scope' | 'monitor' | 'top' | 'explain' | 'doctor' | 'demo' | 'general';

export interface Flag {
	type: 'string' | 'boolean' | 'number';
	shortFlag?: string;
	aliases?: string[];
	isMultiple?: boolean;
	default?: string | boolean | number;
	group: FlagGroup;
	/** Commands that take it though its group is another's. */
	also?: readonly string[];
	/** What stands for the value in the help, '' for a switch. */
	value: string;
	description: string;
}

export const flags = {
	kubeconfig: flag('cluster', 'FILE', 'the kubeconfig to use instead of $KUBECONFIG or ~/.kube/config', {
		also: ['demo'],
	}),
	context: flag('cluster', 'NAME', 'the context of the kubeconfig'),
	cluster: flag('cluster', 'NAME', 'the cluster of the kubeconfig'),
	user: flag('cluster', 'NAME', 'the user of the kubeconfig'),
	server: flag('cluster', 'URL', 'the address of the API server', { shortFlag: 's' }),
	token: flag('cluster', 'TOKEN', 'a bearer token'),
	as: flag('cluster', 'USER', 'act as this user'),
	asGroup: flag('cluster', 'GROUP', 'act as a member of this group (repeatable)', { isMultiple: true }),
	asUid: flag('cluster', 'UID', 'act with this uid'),
	requestTimeout: flag('cluster', 'TIME', 'give up on a request after this time: 10s, 1m; 0 = never'),
	certificateAuthority: flag('cluster', 'FILE', "the certificate authority of the API server's certificate"),
	tlsServerName: flag('cluster', 'NAME', "the name to expect in the API server's certificate"),
	insecureSkipTlsVerify: toggle('cluster', "do not verify the API server's certificate"),

	namespace: flag('scope', 'NAME', 'only this namespace', { shortFlag: 'n' }),
	allNamespaces: toggle('scope', 'all namespaces', { shortFlag: 'A' }),
	selector: flag('scope', 'LABELS', 'only pods (with top nodes: nodes) with these labels', { shortFlag: 'l' }),
	fieldSelector: flag('scope', 'FIELDS', 'only pods with these fields'),

	refresh: flag('monitor', 'TIME', 'time between two polls, 15s by default; of this machine 2s', {
		shortFlag: 'd',
		aliases: ['delay'],
	}),
	plain: toggle('monitor', 'plain lines instead of a painted screen (for screen readers)'),
	stats: toggle('monitor', 'what whytop itself costs, in a line over the keys (ctrl-p)'),
	local: toggle('monitor', 'this machine instead of a cluster; also where there is no kubeconfig'),
	demo: toggle('monitor', 'use the embedded demo cluster instead of a real one', {
		also: ['top', 'explain', 'doctor'],
	}),

	output: flag('top', 'FORMAT', 'table, wide, json, yaml or csv', {
		shortFlag: 'o',
		also: ['explain', 'doctor'],
	}),
	sortBy: flag('top', 'COLUMN', 'cpu or memory'),
	containers: toggle('top', 'a line for each container'),
	sum: toggle('top', 'a line with the sums'),
	headers: toggle('top', 'without the line of headers', { default: true }),
	showCapacity: toggle('top', 'nodes: percent of capacity instead of allocatable'),
	showSwap: toggle('top', 'show the use of swap'),
	useProtocolBuffers: toggle('top', 'accepted as kubectl accepts it; whytop always asks for them', { default: true }),

	from: flag('explain', 'TOOL', 'only the way from this tool to another (with --to)'),
	to: flag('explain', 'TOOL', 'only the way to this tool from another (with --from)'),
	list: toggle('explain', 'what can be explained, and which tools are compared; doctor: its causes', {
		also: ['doctor'],
	}),
	root: flag('explain', 'DIR', "where this machine's files begin (also with --local): /host in kubectl debug node", {
		also: ['monitor'],
	}),
	kubelet: flag('explain', 'URL', 'ask this kubelet directly: https://NODE:10250, http://NODE:10255'),
	cadvisor: flag(
		'explain',
		'URL',
		"ask this cAdvisor too, that runs by itself on the subject's machine: http://NODE:8080",
	),
	exec: toggle('explain', 'read the container from its inside, with the shell or cat of its image (as kubectl exec)'),
	kubeletCertificateAuthority: flag('explain', 'FILE', "the certificate authority of that kubelet's certificate"),

	timeout: flag('doctor', 'TIME', 'how long the doctor may take in all, 30s by default'),
	kubeletPorts: toggle(
		'doctor',
		'also --kubelet: probe ports 10250 and 10255 of a few kubelets from here, those in question first',
	),
	redact: toggle('doctor', 'hide names of the cluster’s things in the report, each by the same stand-in'),
	text: flag('doctor', 'TEXT', 'what an error that someone saw can mean; - reads it from standard input'),
	explain: flag('doctor', 'CAUSE', 'one cause of the catalogue; --list names them all'),

	serve: toggle('demo', 'only serve the demo cluster, until interrupted'),
	files: flag('demo', 'DIR', 'with --serve: write the files of a cgroup v2 and a cgroup v1 machine here'),
	seed: flag('demo', 'NUMBER', 'the seed that the cluster grows from', { type: 'number' }),
	nodes: flag('demo', 'NUMBER', 'how many nodes', { type: 'number' }),
	pods: flag('demo', 'NUMBER', 'how many pods', { type: 'number' }),
	freezeClock: toggle('demo', 'time stands still: every answer is the same'),
	fault: flag('demo', 'NAME', 'switch on a fault (repeatable); `whytop demo --fault list` names them', {
		isMultiple: true,
	}),

	debug: flag('general', 'FILE', 'write every request to this file, without secrets'),
	help: toggle('general', 'this help', { shortFlag: 'h' }),
	version: toggle('general', 'the version'),
} as const satisfies Record<string, Flag>;

interface ValueFlag {
	type: 'string' | 'number';
	group: FlagGroup;
	value: string;
	description: string;
}

function flag<const More extends Partial<Flag>>(group: FlagGroup, value: string, description: string, more?: More) {
	return { type: 'string', group, value, description, ...more } as ValueFlag & More;
}

function toggle<const More extends Partial<Flag>>(group: FlagGroup, description: string, more?: More) {
	return { type: 'boolean' as const, group, value: '', description, ...more } as Flag & { type: 'boolean' } & More;
}

export type FlagName = keyof typeof flags;

/** `requestTimeout` → `request-timeout`. */
export function kebabCase(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What is wrong with a flag that was given without what it takes. */
export function lacksValue(name: string, { type }: Flag): string {
	return `--${kebabCase(name)} needs ${type === 'number' ? 'a number' : 'a value'}`;
}

export interface NamedFlag {
	name: string;
	flag: Flag;
	/** As in `--namespace=web`, `-nweb` and `-n=web`; undefined where nothing is glued to it. */
	glued: string | undefined;
}

/** The flag that a word of the command line names; undefined of several switches in one word, too. */
export function flagNamed(word: string): NamedFlag | undefined {
	const long = /^--([\w-]+)(?:=(.*))?$/s.exec(word);
	const short = /^-([a-zA-Z])=?(.+)?$/s.exec(word);
	for (const [name, flag] of Object.entries<Flag>(flags)) {
		const isMeant = [name, ...(flag.aliases ?? [])].map(kebabCase).some((one) => {
			return one === long?.[1] || (flag.type === 'boolean' && `no-${one}` === long?.[1]);
		});
		if (isMeant) {
			return { name, flag, glued: long?.[2] };
		}
		if (short?.[1] === flag.shortFlag && short !== null) {
			const isSeveral = flag.type === 'boolean' && short[2] !== undefined && !word.includes('=');
			return isSeveral ? undefined : { name, flag, glued: short[2] };
		}
	}
	return undefined;
}

/** Flags as lines of the help: names in one column, descriptions in the other. */
export function describeFlags(names: readonly string[]): string[] {
	const rows = Object.entries<Flag>(flags)
		.filter(([name]) => names.includes(name))
		.map(([name, { default: standard, description, shortFlag, value }]) => {
			const long = `--${standard === true ? 'no-' : ''}${kebabCase(name)}`;
			return [
				`${shortFlag === undefined ? '    ' : `-${shortFlag}, `}${long} ${value}`.trimEnd(),
				description,
			] as const;
		});
	const width = Math.max(...rows.map(([its]) => its.length));
	return rows.map(([its, description]) => `  ${its.padEnd(width)}  ${description}`);
}
