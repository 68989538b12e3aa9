import { describe, expect, test } from 'vitest';
import { textFlags } from '../flags.js';

const facts = { finishReason: 'stop', outputTokens: 100, maxTokens: 512 };
const reasons = (text: string) => textFlags(text, facts).incompleteReasons;
const remarks = (text: string) => textFlags(text, facts).notes.filter((note) => note.about === 'incomplete');

describe('truncated', () => {
  test.each(['length', 'max_tokens', 'MAX_TOKENS', 'model_length'])('where the finish reason is %s', (finishReason) => {
    const flags = textFlags('An answer that goes on.', { ...facts, finishReason });
    expect(flags).toMatchObject({ truncated: true, incomplete: true });
    expect(flags.incompleteReasons[0]).toContain(finishReason.toLowerCase());
  });

  test('where a reasoning model spent the limit before its first word', () => {
    expect(textFlags('', { ...facts, finishReason: 'length' })).toMatchObject({ truncated: true, empty: true });
  });

  test.each(['stop', 'end_turn', 'eos', null])('not where it is %s', (finishReason) => {
    expect(textFlags('Done.', { ...facts, finishReason }).truncated).toBe(false);
  });
});

describe('seems incomplete', () => {
  test.each([
    ['Use this function:\n\n```python\ndef add(a, b):\n    return a', 'a code block is not closed'],
    ['1. Install it:\n   ```sh\n   npm install', 'a code block is not closed'],
    ['{"name": "Ada", "languages": ["en", "fr"', 'the JSON is not closed'],
    ['[\n  {"id": 1},\n  {"id": 2', 'the JSON is not closed'],
    ['Here is the object that you asked for:\n\n{\n  "name": "Ada",\n  "tags": ["a"', 'the JSON is not closed'],
    ['{"quote": "a } inside a string', 'the JSON is not closed'],
    ['First you open the settings, then you choose your account,', 'ends in a comma'],
    ['To reset the router you will need the following three things:', 'ends in a colon'],
    ['The warranty covers the device for two years, but the batteries are —', 'ends in a hyphen'],
    ['Here is what you should bring to the trip:\n\n- Jacket\n- Gloves\n-', 'ends in a list marker without its item'],
    ['The steps to follow are the ones below.\n1. Open it\n2.', 'ends in a list marker without its item'],
    ['The package contains a charger, two cables, a manual and', 'ends in the word “and”'],
    ['You can return the product within thirty days of the', 'ends in the word “the”'],
    ['The report is in the folder that you opened before (see the second', 'a bracket is not closed'],
    ['Bring these with you tomorrow morning:\n* passport\n* ticket\n* and', 'ends in the word “and”'],
    ['**The most important thing is that the customer feels heard and**', 'ends in the word “and”'],
    ['Sie können das Gerät innerhalb von dreißig Tagen zurückgeben und', 'ends in the word “und”'],
    ['Bitte senden Sie uns zuerst die Rechnung und danach die', 'ends in the word “die”'],
    ['Vous pouvez retourner le produit dans les trente jours et', 'ends in the word “et”'],
    ['Puede devolver el producto en los treinta días siguientes a la compra y', 'ends in the word “y”'],
    ['Você pode devolver o produto em até trinta dias após a compra e', 'ends in the word “e”'],
    ['Вы можете вернуть товар в течение тридцати дней после покупки и', 'ends in the word “и”'],
    ['يمكنك إرجاع المنتج خلال ثلاثين يوما من تاريخ الشراء أو', 'ends in the word “أو”'],
    ['आप खरीद के तीस दिनों के भीतर उत्पाद वापस कर सकते हैं और', 'ends in the word “और”'],
    ['您可以在购买后三十天内退货，运费由我们承担，并且', 'ends in the word “并且”'],
    ['ご購入後三十日以内であれば返品できます。送料は当社が負担します。また', 'ends in the word “また”'],
    ['您可以在购买后三十天内退货，也可以换货，', 'ends in a comma'],
    ['يمكنك إرجاع المنتج خلال ثلاثين يوما من تاريخ الشراء،', 'ends in a comma'],
  ])('%j', (text, reason) => {
    expect(reasons(text)).toEqual([reason]);
  });
});

describe('does not seem incomplete', () => {
  test.each([
    ['a whole sentence', 'You can return the product within thirty days of the purchase.'],
    ['a short answer', 'Paris, Rome and'],
    [
      'closed code at the end',
      'Here is the function that adds two numbers for you:\n\n```js\nconst add = (a, b) => a + b,\n```',
    ],
    ['code in code', '````md\nUse a fence:\n```js\nlet a = 1;\n```\n````'],
    ['fences inside a fence of the same length', '```markdown\n# Title\n```python\nprint(1)\n```\n```'],
    ['a fence within one line', '```const a = 1```\nThat is the whole line of code that you need.'],
    ['closed JSON', '{"a": [1, 2, {"b": "}"}]}'],
    ['JSON with words behind it', '{"a": 1}\nThat is the object that you asked for (in JSON).'],
    ['JSON behind words', 'Here is the object that you asked for:\n\n{\n  "name": "Ada"\n}'],
    ['a brace of code', "void quote()\n{\n  putchar('\"');\n}\nThat is the whole function."],
    ['a task list', 'These are the tasks that are left for us to do:\n[ ] call Ann\n[x] write to Ben'],
    ['a citation in front', '[1] Smith said that “the sky is blue”, and nobody disagreed with her about it.'],
    ['a link in front', '[Settings](https://example.com/settings) is where you can change your password at any time.'],
    ['a list without full stops', 'What you need to bring for the trip:\n- Jacket\n- Gloves\n- Warm socks'],
    ['a table', '| a | b |\n|---|---|\n| one, | two and |'],
    ['a URL', 'You find the full return policy of our shop on this page: https://example.com/a-b-'],
    ['an emoji', 'Thank you so much for your order, we hope that you like it 🎉'],
    ['an emoji by name', 'Thank you so much for your order, we hope that you like it :tada:'],
    ['a closing quote', 'She looked back once more at the house and whispered: “I thought that you would—”'],
    ['a sign-off', 'Dear customer,\n\nyour refund is on its way and should arrive soon.\n\nBest regards,'],
    ['a German sign-off', 'Guten Tag,\n\nIhre Erstattung ist unterwegs und kommt bald an.\n\nMit freundlichen Grüßen,'],
    ['a rule at the end', 'That is the whole poem about the sea and the people on it.\n\n---'],
    ['a grade', 'Taking all of the criteria together, the essay would deserve a B-'],
    ['a half-open interval', 'The random function returns a number that lies in the half-open interval [0, 1)'],
    ['an emoticon', 'Sadly we do not have this jacket in your size at the moment :('],
    ['a variable', 'The result of the whole calculation that you asked for is x + a'],
    ['the letter of an option', 'Looking at all of the four options, the right one is A'],
    ['Spanish y in English', 'Once you have both of the equations you can solve for x and y'],
    [
      'unfenced code',
      'def total(items):\n    result = 0\n    for item in items:\n        result += item.price\n    return result,',
    ],
    ['Chinese with its own full stop', '您可以在购买后三十天内退货。运费由我们承担。'],
    ['Japanese', 'ご購入後三十日以内であれば返品できます。送料は当社が負担します。'],
    ['Chinese that ends in a word with 和', '这次活动的气氛总的来说非常温和'],
    ['Hindi', 'आप खरीद के तीस दिनों के भीतर उत्पाद वापस कर सकते हैं।'],
    ['Arabic', 'يمكنك إرجاع المنتج خلال ثلاثين يوما من تاريخ الشراء.'],
    ['a separable verb', 'Am besten gehst du heute noch in den Laden und kaufst dort ein'],
    ['a formula', 'The area under the curve that you asked about is $$\\int_0^1 x^2 dx = \\frac{1}{3}$$'],
    ['a number', 'The result of this whole long calculation comes out at exactly 3.14'],
    ['a signature', 'Thank you for contacting us about your order. We will reply soon.\n\n— The Team'],
    ['trailing white space', 'You can return the product within thirty days of the purchase.  \n\n'],
  ])('%s', (_, text) => {
    expect(reasons(text)).toEqual([]);
  });

  test('a missing full stop is a remark and no flag', () => {
    const text = 'You can return the product within thirty days of the purchase';
    expect(reasons(text)).toEqual([]);
    expect(remarks(text)).toEqual([{ about: 'incomplete', reason: 'no closing punctuation' }]);
  });

  test.each(['That is what you need to know about our returns.', '您可以在购买后三十天内退货，运费由我们承担。'])(
    'nor is there a remark on %j',
    (text) => expect(remarks(text)).toEqual([]),
  );
});
