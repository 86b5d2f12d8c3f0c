package cardtest_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"yomitori/platform/card/cardtest"
)

const selectSmall = "00A4040C 06 F00102030401 > 9000"

func TestAnswerAtAndEvery(t *testing.T) {
	chip := small()
	c := cardtest.AnswerAt(cardtest.AnswerEvery(chip, 3, 0x6F, 0x00), 1, 0x68, 0x82)
	say(t, c, "00A4040C 06 F00102030401 > 6882", selectSmall, "00B09600 01 > 01 9000", "00B09600 01 > 6F00", "00B09600 01 > 01 9000")
	if got := len(chip.Log()); got != 3 {
		t.Errorf("the chip saw %d commands, want 3", got)
	}
}

func TestChunkLimit(t *testing.T) {
	say(t, cardtest.ChunkLimit(small(), 2), selectSmall, "00B09600 00 > 0102 9000", "00B00002 00 > 0304 9000", "00B00005 00 > 06 9000")
}

func TestExactLe(t *testing.T) {
	say(t, cardtest.ExactLe(small()), selectSmall, "00B09600 00 > 6C06", "00B09600 06 > 010203040506 9000",
		"00A40400 05 F001020304 00 > 6C0A", "00B00000 00 > 6986")
}

func TestGetResponse(t *testing.T) {
	c := cardtest.Record(cardtest.GetResponse(small()))
	say(t, c, selectSmall, "00B09600 00 > 6106", "00C00000 04 > 01020304 6102", "00C00000 02 > 0506 9000", "00C00000 00 > 6985")
	if got := c.Log()[1].String(); got != "00B0960000 > 6106" {
		t.Errorf("recorded %q", got)
	}
}

func TestDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		say(t, cardtest.Delay(small(), time.Second), selectSmall)
		if d := time.Since(start); d != time.Second {
			t.Errorf("took %v", d)
		}
	})
}

func TestHangAt(t *testing.T) {
	free := map[string]func(cardtest.Card){
		"reset":     func(c cardtest.Card) { c.Reset() },
		"interrupt": cardtest.Interrupt,
	}
	for name, free := range free {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := cardtest.ChunkLimit(cardtest.HangAt(small(), 2), 1)
				free(c) // nobody waits: must not count
				say(t, c, selectSmall)
				answered := make(chan []byte, 1)
				go func() { answered <- c.Transmit([]byte{0x00, 0xB0, 0x96, 0x00, 0x00}) }()
				synctest.Wait()
				if len(answered) != 0 {
					t.Fatal("it answered")
				}
				free(c)
				if r := <-answered; len(r) != 0 {
					t.Errorf("answer %X", r)
				}
				say(t, c, selectSmall)
			})
		})
	}
}

func TestRemoveAt(t *testing.T) {
	pulled := 0
	c := cardtest.RemoveAt(small(), 2, func() { pulled++ })
	say(t, c, selectSmall, "00B09600 00 >", "00B09600 00 >")
	c.Reset()
	say(t, c, selectSmall)
	if pulled != 1 {
		t.Errorf("pulled %d times", pulled)
	}
}

func TestFaultsKeepTheCard(t *testing.T) {
	c := cardtest.Delay(small(), 0)
	if got := string(c.ATR()); got != string([]byte{0x3B, 0x00}) {
		t.Errorf("ATR %X", got)
	}
	say(t, c, selectSmall)
	c.Reset()
	say(t, c, "00B00000 00 > 6986")
	if s := cardtest.LabelMyNumber; strings.TrimSpace(s) != s {
		t.Error(s)
	}
}
