package platform

// KnownReader is a USB reader that its vendor and product id tell, whatever
// driver is bound to it.
type KnownReader struct {
	Vendor, Product string // four hex digits each, lower case
	Model           string
	// CCID is true for a reader that has a reader's interface class. One that
	// has not is seen by PC/SC only with its maker's driver.
	CCID bool
}

// KnownReaders lists readers sold in Japan: those without a reader's class,
// and those that are found bound to other drivers (facts/cards.md 6.1). That
// RC-S380/P is 06c3 is the word of nfcpy's table of devices.
var KnownReaders = []KnownReader{
	{Vendor: "054c", Product: "06c1", Model: "Sony RC-S380"},
	{Vendor: "054c", Product: "06c3", Model: "Sony RC-S380"},
	{Vendor: "054c", Product: "01bb", Model: "Sony RC-S320"},
	{Vendor: "054c", Product: "0dc8", Model: "Sony RC-S300", CCID: true},
	{Vendor: "054c", Product: "0dc9", Model: "Sony RC-S300", CCID: true},
	{Vendor: "054c", Product: "0d8f", Model: "Sony RC-S660", CCID: true},
}

// KnownReaderOf finds a reader by its ids, in lower case.
func KnownReaderOf(vendor, product string) (KnownReader, bool) {
	for _, k := range KnownReaders {
		if k.Vendor == vendor && k.Product == product {
			return k, true
		}
	}
	return KnownReader{}, false
}
