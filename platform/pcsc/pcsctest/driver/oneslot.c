/* A PC/SC driver that is vpcd in everything but the number of its slots: one
 * instead of two. All other functions are found in vpcd's library, which this
 * one is linked against. Compiled by pcsctest when a test wants one reader. */
#define _GNU_SOURCE
#include <dlfcn.h>

#define TAG_IFD_SLOTS_NUMBER 0x0FAE
#define IFD_SUCCESS 0

typedef long capabilities(unsigned long, unsigned long, unsigned long *, unsigned char *);

long IFDHGetCapabilities(unsigned long lun, unsigned long tag, unsigned long *length, unsigned char *value)
{
	if (tag == TAG_IFD_SLOTS_NUMBER) {
		*value = 1;
		*length = 1;
		return IFD_SUCCESS;
	}
	return ((capabilities *)dlsym(RTLD_NEXT, "IFDHGetCapabilities"))(lun, tag, length, value);
}
