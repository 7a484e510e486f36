// The team whose rules a page shows.

const OTHERS = 'all that are in no team';

const stands = (pattern, namespace) =>
  (pattern.endsWith('*') ? namespace.startsWith(pattern.slice(0, -1)) : namespace === pattern);

/** The name of the team with a namespace: of the first that has it. It is empty for a namespace of no team. */
export const teamOf = (teams, namespace) =>
  teams.find((team) => team.namespaces.some((pattern) => stands(pattern, namespace)))?.name ?? '';

/** A team in words. */
export const inWords = (name) => (name ? `team ${name}` : OTHERS);

/**
 * The choice of a team, if the rules of teams differ.
 *
 * @param shown is told the name of the team whose rules the page shows
 * @param chosen is told it, too, when somebody has chosen it
 */
export class TeamChoice {
  constructor(shown, chosen) {
    this.shown = shown;
    this.select = document.getElementById('team');
    if (this.select) {
      document.getElementById('teams').hidden = false;
      this.select.addEventListener('change', () => {
        this.show();
        chosen(this.select.value);
      });
      this.show();
    }
  }

  show() {
    for (const part of document.querySelectorAll('[data-team]')) {
      part.hidden = part.dataset.team !== this.select.value;
    }
    this.shown(this.select.value);
  }

  /** Chooses a team; returns whether another one was chosen before. */
  choose(name) {
    if (!this.select || this.select.value === name) {
      return false;
    }
    this.select.value = name;
    this.show();
    return true;
  }
}
