/** What could not be read, as sentences for people. */
import { explainText } from '../messages/en/explain.ts';
import type { MissingFile } from './cgroup.ts';

/** What went wrong, each thing once: several sources may share one reason. */
export function sentences(problems: readonly { sentence: string }[]): string[] {
	return [...new Set(problems.map(({ sentence }) => sentence))];
}

/** A file that is not there is no news: kernels and versions differ. */
export function unreadFiles(missing: readonly MissingFile[]): string[] {
	return missing.filter(({ why }) => why !== 'no-file').map(({ file, why }) => explainText.fileUnread(file, why));
}
