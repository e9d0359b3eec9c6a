/** Something to be said where corrections are told, beside the last one: why a key did nothing. */
class Notice {
  text = $state('');
}
export const notice = new Notice();
