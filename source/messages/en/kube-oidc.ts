/** What people read when an OIDC token of a kubeconfig cannot be renewed, or not be kept. */
import { clean } from '../../model/clean.ts';
import { day, userOf } from './kubeconfig.ts';

function lines(...texts: Array<string | false>): string {
	return texts.filter((text) => text !== false).join('\n');
}

/** How to log in anew where a kubeconfig has the auth-provider oidc. */
function oidcLogin(user: string, file: string): string {
	return `Log in again with whatever wrote it; kubelogin can: kubectl oidc-login${file === '' ? '' : ` --kubeconfig ${clean(file)}`} --user ${clean(user)}`;
}

export function oidcNoRefreshToken(user: string, file: string, expired: Date): string {
	return lines(
		Number.isNaN(expired.getTime())
			? `The auth-provider "oidc" of ${userOf(user, file)} has neither an id-token nor a refresh-token.`
			: `The id-token of ${userOf(user, file)} expired on ${day(expired)}, and there is no refresh-token to get another one with.`,
		oidcLogin(user, file),
	);
}

/** @param spent the issuer does not take the refresh token (any more) */
export function oidcNotRefreshed(user: string, file: string, reason: string, spent: boolean): string {
	return lines(
		`The id-token of ${userOf(user, file)} has expired and could not be renewed: ${reason}.`,
		spent &&
			'The refresh-token has expired, was withdrawn, or was used by another program that did not write down the next one.',
		oidcLogin(user, file),
	);
}

export function oidcNotWritten(file: string, why: string): string {
	const reason =
		why === 'locked'
			? `${clean(file)}.lock is there: another program holds it, or left it behind`
			: why === 'changed'
				? 'it has no such entry any more'
				: why === 'EACCES' || why === 'EPERM' || why === 'EROFS'
					? 'you may not write it'
					: clean(why);
	return `Its token was renewed, but not written to ${clean(file)} (${reason}): kubectl may have to log in again.`;
}
