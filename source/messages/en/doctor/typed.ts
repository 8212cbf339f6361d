/** Commands about the very file, program and context that a finding is about. */
import { withKubectlFlags } from '../kubectl-command.ts';
import { type CauseText, type Facts, type Fix, word } from './cause-text.ts';

/** What to do: each command is told which cluster is meant and as whom, where flags have said so (fact `kubectlFlags`). */
export function fixesOf(text: Pick<CauseText, 'fixes'> | undefined, facts: Facts): readonly Fix[] {
	const flags = word(facts, 'kubectlFlags');
	return (text?.fixes(facts) ?? []).map((fix) =>
		fix.run === undefined ? fix : { ...fix, run: fix.run.map((line) => withKubectlFlags(line, flags)) },
	);
}

/** A fact as a word in a command; a name in capitals that is to be filled in, where a shell would read it otherwise. */
export function typed(facts: Facts, fact: string, otherwise: string): string {
	const value = word(facts, fact);
	return /^[\w./@:+-]+$/.test(value) ? value : otherwise;
}

/** What belongs to a program that makes credentials: how to get it, to log in with it, and to have it write its entry. */
interface Tool {
	name: RegExp;
	/** Shown as well where nobody knows which program it is. */
	usual?: true;
	install: readonly string[];
	logIn: readonly string[];
	write: readonly string[];
}

const tools: readonly Tool[] = [
	{
		name: /^aws(?:-iam-authenticator)?$/,
		usual: true,
		install: [],
		logIn: ['aws sso login'],
		write: ['aws eks update-kubeconfig --name CLUSTER'],
	},
	{
		name: /^gke-gcloud-auth-plugin$/,
		usual: true,
		install: ['gcloud components install gke-gcloud-auth-plugin'],
		logIn: ['gcloud auth login'],
		write: ['gcloud container clusters get-credentials CLUSTER'],
	},
	{
		name: /^kubelogin$/,
		usual: true,
		install: ['az aks install-cli'],
		logIn: ['az login', 'kubelogin remove-tokens'],
		write: ['kubelogin convert-kubeconfig'],
	},
	{ name: /^kubectl-oidc_login$/, install: ['kubectl krew install oidc-login'], logIn: [], write: [] },
	{
		name: /^doctl$/,
		install: [],
		logIn: ['doctl auth init'],
		write: ['doctl kubernetes cluster kubeconfig save CLUSTER'],
	},
	{ name: /^tsh$/, install: [], logIn: ['tsh login'], write: ['tsh kube login CLUSTER'] },
];

/** The commands of the program that is meant; those of the usual ones, where nobody knows which it is. */
export function toolFix(facts: Facts, kind: 'install' | 'logIn' | 'write', say: string): readonly Fix[] {
	const program = word(facts, 'plugin').split('/').at(-1) ?? '';
	const run = tools
		.filter(({ name, usual }) => (program === '' ? usual === true : name.test(program)))
		.flatMap((tool) => tool[kind]);
	return run.length === 0 ? [] : [{ say, run, ...(kind === 'logIn' ? { safe: true } : {}) }];
}
