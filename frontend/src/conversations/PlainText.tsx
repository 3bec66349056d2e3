/** What people wrote, as text: never markup. Addresses of the web are links; of all else, nothing does anything. */

// Up to a space, or to a character that hides or turns what is beside it.
const ADDRESS = /(https?:\/\/[^\s<>"\u200b-\u200f\u202a-\u202e\u2060-\u206f]+)/gi;
// What ends a sentence, and not the address; a bracket, too, unless one is opened in the address.
const AFTER = /[.,;:!?'’”»)]+$/;
const AFTER_BRACKETS = /[.,;:!?'’”»]+$/;

const Address = ({ text }: { text: string }) => {
  const address = text.replace(text.includes('(') ? AFTER_BRACKETS : AFTER, '');
  return (
    <>
      <bdi dir="ltr">
        {/* eslint-disable-next-line react/no-invalid-html-attribute -- it does not know “ugc”, users' content */}
        <a href={address} target="_blank" rel="noopener noreferrer nofollow ugc">{address}</a>
      </bdi>
      {text.slice(address.length)}
    </>
  );
};

export const PlainText = ({ text }: { text: string }) => (
  <bdi dir="auto" className="sample-plugin-reviews-note d-block">
    {/* Split by what is in brackets in the pattern, every second one is an address. */}
    {/* eslint-disable-next-line react/no-array-index-key -- they have nothing else, and never change places */}
    {text.split(ADDRESS).map((part, index) => (index % 2 ? <Address key={index} text={part} /> : part))}
  </bdi>
);
