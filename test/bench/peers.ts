/** Which of the peers are at hand to be measured on the same server; the figures taken elsewhere are in the issue. */
import { execFileSync } from 'node:child_process';

const peers = [
	{ name: 'kubectl', words: ['version', '--client'], get: 'https://kubernetes.io/docs/tasks/tools/' },
	{ name: 'sofka', words: ['--version'], get: 'cargo install sofka' },
	{ name: 'k9s', words: ['version', '--short'], get: 'go install github.com/derailed/k9s@latest' },
];

for (const { get, name, words } of peers) {
	try {
		const version = execFileSync(name, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
		process.stdout.write(`${name}: ${version.trim().split('\n')[0]}\n`);
	} catch {
		process.stdout.write(`${name}: not here, so not measured. To have it: ${get}\n`);
	}
}
process.stdout.write(
	'\nOnly kubectl is measured so far, by start.ts. Driving sofka and k9s through the terminal is not written yet.\n',
);
