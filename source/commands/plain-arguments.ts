/** The command line as kubectl reads it, in the form that the parser cannot misread. */
import { type Flag, flagNamed, flags, kebabCase, lacksValue } from './flags.ts';

export interface PlainArguments {
	argv: string[];
	/** Flags that need a value and have none, a sentence each. */
	errors: string[];
}

interface Part {
	/** The flag that makes sense only once; '' of everything else. */
	once: string;
	word: string;
}

/**
 * One flag a word, its value behind an equals sign. Of a flag that makes sense only once the last stands: who has
 * `whytop -n web` as an alias may still say -n. One without its value is an error, also a repeatable one: the word that
 * was forgotten may be the one that limits a right.
 */
export function plainArguments(argv: readonly string[]): PlainArguments {
	const end = argv.indexOf('--');
	const words = (end < 0 ? argv : argv.slice(0, end)).flatMap(severally);
	const parts: Part[] = [];
	const errors: string[] = [];
	for (let index = 0; index < words.length; index++) {
		const word = words[index] ?? '';
		const named = flagNamed(word);
		if (named === undefined || named.flag.type === 'boolean') {
			parts.push({ once: named?.name ?? '', word });
			continue;
		}
		const value = named.glued ?? valueIn(words[index + 1]);
		if (named.glued === undefined && value !== undefined) {
			index++;
		}
		if (value === undefined || value === '') {
			errors.push(lacksValue(named.name, named.flag));
		} else {
			parts.push({
				once: named.flag.isMultiple === true ? '' : named.name,
				word: `--${kebabCase(named.name)}=${value}`,
			});
		}
	}
	return { argv: [...lastOfEach(parts), ...(end < 0 ? [] : argv.slice(end))], errors };
}

/** `-An` becomes `-A`, `-n`. */
function severally(word: string): string[] {
	const letter = /^-([a-zA-Z])[^=]/.exec(word)?.[1];
	const isSwitch = Object.values<Flag>(flags).some(
		({ shortFlag, type }) => type === 'boolean' && shortFlag !== undefined && shortFlag === letter,
	);
	return isSwitch ? [word.slice(0, 2), ...severally(`-${word.slice(2)}`)] : [word];
}

/** What begins with a dash is the next flag; a dash alone is standard input, and a number may be negative. */
function valueIn(word: string | undefined): string | undefined {
	return word === undefined || /^-[^\d]/.test(word) ? undefined : word;
}

function lastOfEach(parts: readonly Part[]): string[] {
	return parts
		.filter(({ once }, index) => once === '' || !parts.slice(index + 1).some((later) => later.once === once))
		.map(({ word }) => word);
}
