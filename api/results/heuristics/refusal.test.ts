import { describe, expect, test } from 'vitest';
import { textFlags } from '../flags.js';

const facts = { finishReason: 'stop', outputTokens: 100, maxTokens: 512 };
const refuses = (text: string) => textFlags(text, facts).refusal;

describe('a refusal', () => {
  test.each([
    "I'm sorry, but I can't help with that.",
    'I’m sorry, but I can’t assist with that request.',
    'I cannot provide instructions for making weapons.',
    "I'm not able to share other customers' data.",
    'I am unable to write content of that kind. However, I can explain how filters work.',
    "I won't help you break into an account.",
    "I can't do that.",
    'Sorry, I must respectfully decline.',
    "I don't feel comfortable writing this.",
    "As an AI language model, I can't create malware.",
    "I won't be able to help with that.",
    "I can't answer that question because it isn't in the documents.",
    'Es tut mir leid, aber dabei kann ich Ihnen leider nicht helfen.',
    'Ich kann dir keine Anleitung zum Bau von Waffen geben.',
    'Es tut mir leid, das kann ich nicht beantworten.',
    'Je ne suis pas en mesure de vous aider.',
    'Je suis désolé, mais je ne peux pas vous aider avec cette demande.',
    'Lo siento, pero no puedo ayudarte con eso.',
    'Lo siento, no puedo proporcionar esa información.',
    'No estoy autorizado para proporcionar esa información.',
    'Desculpe, mas não posso ajudar com isso.',
    'Извините, но я не могу помочь с этим запросом.',
    'К сожалению, я не могу предоставить такую информацию.',
    'عذرًا، لا أستطيع مساعدتك في هذا الأمر.',
    'क्षमा करें, मैं इस अनुरोध में आपकी मदद नहीं कर सकता।',
    '抱歉，我无法协助您完成这个请求。',
    '很抱歉，我不能提供这方面的信息。',
    '申し訳ありませんが、そのご依頼にはお手伝いできません。',
    '恐れ入りますが、その情報は提供できません。',
  ])('%j', (text) => expect(refuses(text)).toBe(true));

  test('is text that the endpoint stopped with its content filter', () => {
    expect(textFlags('Once upon a time', { ...facts, finishReason: 'content_filter' }).refusal).toBe(true);
  });

  test('says what triggered it', () => {
    expect(textFlags("I'm sorry, I can't help with that.", facts).notes).toContainEqual({
      about: 'refusal',
      reason: "says “I can't help”",
    });
  });
});

describe('no refusal', () => {
  test.each([
    ['not knowing', "I don't know when the shop opens."],
    ['not finding, and help', "I can't find it, but here is how you can search for it yourself."],
    ['help all the same', "I can't give you a link, but here is how to get there: open the settings."],
    ['an idiom', "I can't help but admire the view from here."],
    ['another idiom', "I couldn't help laughing, and I can't help feeling glad."],
    ['a need for more', "I can't give you an exact price without knowing the size."],
    ['a need to see it', "I can't help unless you send me the error message."],
    ['advice', "If you can't help a customer, say so at once."],
    ['a quotation', '“I can’t help you,” said the dragon, and went back to sleep.'],
    ['code', '```js\nthrow new Error("Sorry, I cannot help with that");\n```'],
    ['far behind the start', `${'This is how refunds work in our shop. '.repeat(8)}I can't help with that.`],
    ['belief', "I can't believe you want me to help with this; of course I will."],
    ['praise', "I can't recommend this book enough!"],
    ['a policy', 'We cannot process refunds after 30 days.'],
    ['a condition', "If I can't help you, my colleague will."],
    ['advice all the same', "While I can't give financial advice, here are some general principles."],
    ['somebody else', "She said that she couldn't help me, and the system cannot generate a report."],
    ['German help', 'Ich kann Ihnen gerne helfen und schicke Ihnen die Rechnung.'],
    ['German not knowing', 'Das weiß ich leider nicht.'],
    ['French only', 'Je ne peux que vous aider à choisir.'],
    ['Spanish third person', 'El cliente no puede devolver el producto.'],
    ['Russian not knowing', 'Я не знаю, когда открывается магазин.'],
    ['Chinese about the product', '该产品无法在水下使用。'],
    ['Japanese about the product', 'この商品は水中では使用できません。'],
  ])('%s', (_, text) => expect(refuses(text)).toBe(false));
});
